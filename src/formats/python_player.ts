/**
 * The program in every exported Python file: a thread for each session, a monitor that asks the server who waits, and a
 * comparison with the plan. Needs pymysql and nothing else.
 */
export const PLAYER = `#!/usr/bin/env python3
"""@TITLE@

Plays this schedule on a real MySQL server, one thread for each session, and compares every step with what Interleave's
simulation of MySQL 9.7 said. Written by Interleave.

    pip install pymysql
    python3 THIS_FILE.py --host 127.0.0.1 --port 3306 --user root

The database (--database) is dropped and made anew. Time that passes in the schedule passes here, too. The exit status is 0
when all steps agree, 1 when one differs, 2 when the schedule could not be played.
"""
import argparse
import json
import queue
import sys
import threading
import time

try:
    import pymysql
except ImportError:
    sys.exit("This needs pymysql: pip install pymysql")

PLAN = json.loads(r"""
@PLAN@
""")

# Seconds between two looks at the server; how long a statement may run that is not seen waiting.
LOOK = 0.06
PATIENCE = 6.0


class Session(threading.Thread):
    """A connection that runs one statement at a time in a thread of its own."""

    def __init__(self, name, connect):
        super().__init__(daemon=True)
        self.name = name
        self.connection = connect()
        self.id = self.connection.thread_id()
        self.work = queue.Queue()
        self.open = None  # the number of the step that is running
        self.done = []  # (step, outcome)
        self.is_gone = False
        self.start()

    def run(self):
        while True:
            task = self.work.get()
            if task is None:
                return
            step, sql = task
            outcome = self.outcome_of(sql)
            self.done.append((step, outcome))
            self.open = None

    def outcome_of(self, sql):
        try:
            with self.connection.cursor() as cursor:
                cursor.execute(sql)
                if cursor.description is None:
                    return {"outcome": "ok", "affected": cursor.rowcount}
                rows = [[text(value) for value in row] for row in cursor.fetchall()]
                return {"outcome": "ok", "columns": [one[0] for one in cursor.description], "rows": rows}
        except pymysql.err.MySQLError as error:
            errno = error.args[0] if error.args else 0
            if errno in (0, 2006, 2013, 2014, 2055):
                self.is_gone = True
                return {"outcome": "lost"}
            return {"outcome": "error", "errno": errno, "message": str(error.args[-1])}

    def send(self, step, sql):
        self.open = step
        self.work.put((step, sql))

    def disconnect(self):
        """As the client's end of the socket would be closed: also in the middle of a statement."""
        self.is_gone = True
        try:
            self.connection._force_close()
        except Exception:
            pass


def text(value):
    if isinstance(value, (bytes, bytearray)):
        return bytes(value).decode("utf-8", "replace")
    return None if value is None else str(value)


class Monitor:
    """Asks the server from a connection of its own."""

    def __init__(self, connect):
        self.connection = connect()

    def waits(self, connection_id):
        query = (
            "SELECT t.PROCESSLIST_STATE, EXISTS (SELECT 1 FROM performance_schema.data_lock_waits w "
            "WHERE w.REQUESTING_THREAD_ID = t.THREAD_ID) FROM performance_schema.threads t WHERE t.PROCESSLIST_ID = %d"
        )
        with self.connection.cursor() as cursor:
            cursor.execute(query % connection_id)
            row = cursor.fetchone()
        if row is None:
            return False
        state, has_lock_wait = row
        return str(has_lock_wait) == "1" or str(state or "").startswith(("Waiting", "User "))


def settle(sessions, monitor, patience):
    """Until every session is idle, or is seen waiting at three looks in a row, or has run for too long."""
    seen = {}
    end = time.monotonic() + patience
    quiet = 0
    while time.monotonic() < end:
        running = [one for one in sessions.values() if one.open is not None and not one.is_gone]
        for one in running:
            seen[one.name] = seen.get(one.name, 0) + 1 if monitor.waits(one.id) else 0
        if all(one.open is None or seen.get(one.name, 0) >= 3 for one in running):
            quiet += 1
            if quiet >= 2:
                return
        else:
            quiet = 0
        time.sleep(LOOK)


def difference(expected, actual):
    """What differs, as a word; None when nothing does."""
    if expected["outcome"] == "skipped" and actual["outcome"] == "lost":
        return None  # the session was gone before, which a client sees only when it sends something
    for key in ("outcome", "errno", "affected", "columns", "rows"):
        if key in expected and expected[key] != actual.get(key):
            return key
    return None


def shown(outcome):
    if outcome["outcome"] == "error":
        return "error %s %s" % (outcome.get("errno"), outcome.get("message", ""))
    if "rows" in outcome:
        return "rows %s" % json.dumps(outcome["rows"], ensure_ascii=False)
    if "affected" in outcome:
        return "ok, %s affected" % outcome["affected"]
    return outcome["outcome"]


class Comparison:
    def __init__(self):
        self.steps = 0
        self.differing = 0

    def look(self, label, expected, actual):
        self.steps += 1
        what = difference(expected, actual)
        if what is None:
            print("  agrees   %s -> %s" % (label, shown(actual)))
            return
        self.differing += 1
        print("  DIFFERS  %s (%s)" % (label, what))
        print("           the simulation: %s" % shown(expected))
        print("           this server:    %s" % shown(actual))


def play(plan, connect, compare):
    monitor = Monitor(connect)
    sessions = {}
    for number, step in enumerate(plan["steps"]):
        label = "%d" % (number + 1)
        own = None
        if "advance" in step:
            print("  ...      %s %s s pass" % (label, step["advance"]))
            time.sleep(step["advance"])
            # A lock wait timeout is looked at once a second.
            end = time.monotonic() + 3.0
            wanted = {one["session"] for one in step.get("woken", [])}
            while time.monotonic() < end and any(sessions[name].open is not None for name in wanted if name in sessions):
                time.sleep(LOOK)
        elif "note" in step:
            print("  skipped  %s %s" % (label, step["note"]))
            continue
        else:
            name = step["session"]
            if name not in sessions:
                sessions[name] = Session(name, connect)
            own = sessions[name]
            if step.get("reconnect"):
                print("  ...      %s %s connects again" % (label, name))
                sessions[name] = own = Session(name, connect)
                continue
            if step.get("disconnect"):
                print("  ...      %s %s disconnects" % (label, name))
                own.disconnect()
                time.sleep(0.3)
            else:
                label = "%s %s: %s" % (label, name, " ".join(step["sql"].split())[:70])
                if own.open is not None or own.is_gone:
                    compare.look(label, step["expect"], {"outcome": "skipped"})
                    continue
                sql = step["sql"]
                for other in plan["sessions"]:
                    if "\${%s}" % other in sql:
                        if other not in sessions:
                            sessions[other] = Session(other, connect)
                        sql = sql.replace("\${%s}" % other, str(sessions[other].id))
                own.send(number, sql)
        settle(sessions, monitor, PATIENCE)
        if own is not None and "expect" in step:
            ended = [outcome for at, outcome in own.done if at == number]
            own.done = [(at, outcome) for at, outcome in own.done if at != number]
            compare.look(label, step["expect"], ended[0] if ended else {"outcome": "blocked"})
        look_at_woken(number, step, sessions, compare)
    for one in sessions.values():
        if one.open is not None:
            print("  ...      %s is still waiting at the end" % one.name)
        one.disconnect()


def look_at_woken(number, step, sessions, compare):
    expected = {(one["session"], one["step"]): one["expect"] for one in step.get("woken", [])}
    actual = {(one.name, at): outcome for one in sessions.values() for at, outcome in one.done}
    for one in sessions.values():
        one.done = []
    for key in sorted(set(expected) | set(actual), key=lambda one: one[1]):
        label = "%d   %s goes on (step %d)" % (number + 1, key[0], key[1] + 1)
        if sessions[key[0]].is_gone and key not in expected:
            continue
        compare.look(label, expected.get(key, {"outcome": "blocked"}), actual.get(key, {"outcome": "blocked"}))


def name_database(value, database):
    """The simulation's database is sim; where a result names it, this server has another name in its place."""
    for at in value if isinstance(value, dict) else range(len(value)):
        one = value[at]
        if isinstance(one, str) and at != "sql" and one.startswith("sim."):
            value[at] = database + one[3:]
        elif isinstance(one, (dict, list)):
            name_database(one, database)


def main():
    parser = argparse.ArgumentParser(description=PLAN["title"])
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=3306)
    parser.add_argument("--user", default="root")
    parser.add_argument("--password", default="")
    parser.add_argument("--database", default="interleave_check")
    parser.add_argument("--keep", action="store_true", help="leave the database behind")
    args = parser.parse_args()

    def connect(database=args.database):
        # conv={}: every value as the text the server sends.
        return pymysql.connect(host=args.host, port=args.port, user=args.user, password=args.password,
                               database=database, autocommit=True, charset="utf8mb4", conv={})

    name_database(PLAN["steps"], args.database)
    compare = Comparison()
    try:
        first = connect(None)
        print("%s on MySQL %s" % (PLAN["title"], first.get_server_info()))
        with first.cursor() as cursor:
            cursor.execute("DROP DATABASE IF EXISTS \`%s\`" % args.database)
            cursor.execute("CREATE DATABASE \`%s\` CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_ai_ci" % args.database)
            cursor.execute("USE \`%s\`" % args.database)
            for sql in PLAN["setup"]:
                cursor.execute(sql)
            cursor.execute("SHOW FULL TABLES WHERE Table_type = 'BASE TABLE'")
            for row in cursor.fetchall():
                cursor.execute("ANALYZE TABLE \`%s\`" % row[0])
        play(PLAN, connect, compare)
        time.sleep(0.3)
        if not args.keep:
            with first.cursor() as cursor:
                cursor.execute("SET lock_wait_timeout = 5")
                cursor.execute("DROP DATABASE \`%s\`" % args.database)
    except pymysql.err.MySQLError as error:
        print("The schedule could not be played: %s" % (error,), file=sys.stderr)
        return 2
    print("%d of %d comparisons agree" % (compare.steps - compare.differing, compare.steps))
    return 1 if compare.differing else 0


if __name__ == "__main__":
    sys.exit(main())
`;
