"""The take-over of an original Chancenportal (TYPO3): its dump read, mapped to our models, accounted for."""
