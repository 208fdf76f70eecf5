// The text editor of the forms: TipTap with the few formats residents see, one small script for theming/editor.js.
export { Editor } from "@tiptap/core";
export { default as StarterKit } from "@tiptap/starter-kit";
