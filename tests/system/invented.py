# SPDX-License-Identifier: Apache-2.0
"""Versions that nobody ran, put into a database that kbench has made: what would take hours to play, or never comes out so."""
import datetime
import hashlib
import json
import sqlite3

START = datetime.datetime(2030, 1, 1, 12, 0, 0)
WARMUP_S, WINDOW_S = 1, 8


def iso(seconds):
    return (START + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%S.") + "000Z"


class Trial:
    def __init__(self, block, rate, status="ok", attempt=1, campaign=0):
        self.block, self.rate, self.status, self.attempt, self.campaign = block, rate, status, attempt, campaign


class Invented:
    """`path`: a database with at least one trial, whose histogram and environment the invented ones take over."""

    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.payload = self.one("select payload from trial_latency limit 1")
        self.environment = self.one("select id from environment limit 1")

    def one(self, sql, *values):
        return self.connection.execute(sql, values).fetchone()[0]

    def insert(self, table, **values):
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(f"insert into {table} ({names}) values ({marks})", list(values.values()))
        return cursor.lastrowid

    def version(self, version, cases, runs, trials_of, title="Invented", campaigns=1, revision=1, supersedes=None, report=""):
        """`cases` and `runs`: titles by name. `trials_of(case, run)`: a list of Trial; they take place block by block."""
        definition = self.definition(version, title, cases, runs, supersedes, report)
        experiment = self.insert("experiment", version=version, revision=revision, title=title, supersedes=supersedes,
                                 canonical=definition, as_written=definition, registered_at=iso(0),
                                 sha256=hashlib.sha256(f"{definition}{revision}".encode()).hexdigest())
        case_ids = {name: self.insert("experiment_case", experiment_id=experiment, position=i, name=name, title=cases[name],
                                      workload="produce", record_size=100, partitions=1, replication_factor=1)
                    for i, name in enumerate(cases)}
        run_ids = {name: self.insert("run", experiment_id=experiment, position=i, name=name, title=runs[name], driver="null")
                   for i, name in enumerate(runs)}
        trials = [(trial, case, run) for case in cases for run in runs for trial in trials_of(case, run)]
        for number in range(campaigns):
            begun = number * 86400
            campaign = self.insert("campaign", experiment_id=experiment, environment_id=self.environment, seed=1, pid=1,
                                   started_at=iso(begun), ended_at=iso(begun + 3600), how="completed", kbench_version="0")
            own = sorted((t for t in trials if t[0].campaign == number), key=lambda t: (t[0].block, t[0].attempt))
            for place, (trial, case, run) in enumerate(own):
                self.trial(campaign, case_ids[case], run_ids[run], trial, iso(begun + 30 + 15 * place))
        self.connection.commit()

    @staticmethod
    def definition(version, title, cases, runs, supersedes, report):
        quote = lambda text: json.dumps(text, ensure_ascii=False)  # noqa: E731
        lines = [f"version: {version}", f"title: {quote(title)}", "cluster: {kind: mock, brokers: 1}"]
        lines += [f"supersedes: {supersedes}"] if supersedes else []
        lines += ["cases:"] + [f"  - {{name: {name}, title: {quote(cases[name])}, topic: {{partitions: 1, replication.factor: 1}}}}"
                               for name in cases]
        lines += ["runs:"] + [f"  - {{name: {name}, title: {quote(runs[name])}, driver: 'null'}}" for name in runs]
        lines += ["design: {trials: {min: 5}}", f"report: {{baseline: {next(iter(runs))}{report}}}", ""]
        return "\n".join(lines)

    def trial(self, campaign, case, run, trial, started_at):
        measured = trial.status in ("ok", "disturbed")
        number = self.insert(
            "trial", campaign_id=campaign, case_id=case, run_id=run, block=trial.block, attempt=trial.attempt,
            status=trial.status, cause=None if trial.status == "ok" else "invented", source="measured", started_at=started_at,
            warmup_s=WARMUP_S, duration_s=WINDOW_S, record_size=100, records_per_sec=trial.rate if measured else None,
            window_records=int(trial.rate * WINDOW_S) if measured else None, client_cpu_s=WINDOW_S / 2 if measured else None)
        if not measured:
            return
        self.insert("trial_latency", trial_id=number, role="producer", payload=self.payload)
        for second in range(WARMUP_S + WINDOW_S):
            self.insert("trial_interval", trial_id=number, interval_ms=1000, offset_ms=1000 * second,
                        records=int(trial.rate * (0.5 if second == 0 else 1 + 0.02 * (second % 3))))

    def published(self, version, rates):
        """`rates`: records/s by case and run."""
        for (case, run), rate in rates.items():
            self.insert("published", version=version, case_name=case, run_name=run, records_per_sec=rate,
                        source_title="Elsewhere", source_date="2016-01-01")
        self.connection.commit()
