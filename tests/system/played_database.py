# SPDX-License-Identifier: Apache-2.0
"""A database with numbers that a test chose: experiments, trials and what the report would have made of them, without a campaign.

`PlayedDatabase(path)` fills one that kbench has made (schema, views, documentation are kbench's own)."""
import hashlib
import json
import random
import sqlite3
import statistics

METRICS = ("records_per_sec", "latency_p50_ms", "latency_p99_ms", "client_cpu_us_per_record", "client_cpu_percent")
WINDOW_S = 10.0


class PlayedDatabase:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.random = random.Random(20160331)
        self.trials = {}  # (version, revision, case, run) -> [(block, rate, p50, p99, cpu_s)] of those that are ok

    def close(self):
        self.connection.commit()
        self.connection.close()

    def insert(self, table, **values):
        names = ", ".join(values)
        marks = ", ".join("?" * len(values))
        return self.connection.execute(f"insert into {table} ({names}) values ({marks})", list(values.values())).lastrowid

    def environment(self, description):
        text = json.dumps(description, sort_keys=True)
        return self.insert("environment", sha256=hashlib.sha256(text.encode()).hexdigest(), description=text, first_seen_at="2026-01-01T00:00:00Z")

    def experiment(self, version, revision, cases, runs):
        """`cases`: name -> replication factor; `runs`: name -> driver. Returns (id, ids of cases, ids of runs)."""
        identity = self.insert("experiment", version=version, revision=revision, title=f"Title of {version}", canonical="", as_written="",
                               sha256=f"{version}{revision}".ljust(64, "0"), registered_at=f"2026-01-01T00:00:0{revision}Z")
        of_cases = {name: self.insert("experiment_case", experiment_id=identity, position=position, name=name, title=name,
                                      workload="produce", record_size=100, partitions=6, replication_factor=factor)
                    for position, (name, factor) in enumerate(cases.items())}
        of_runs = {name: self.insert("run", experiment_id=identity, position=position, name=name, title=name, driver=driver)
                   for position, (name, driver) in enumerate(runs.items())}
        return identity, of_cases, of_runs

    def campaign(self, experiment, environment):
        return self.insert("campaign", experiment_id=experiment, environment_id=environment, started_at="2026-01-02T00:00:00Z",
                           how="completed", seed=1, pid=1)

    def trial(self, campaign, case, run, block, attempt=1, status="ok", settings=(), **values):
        """`settings`: rows of (canonical, native, requested, in force)."""
        identity = self.insert("trial", campaign_id=campaign, case_id=case, run_id=run, block=block, attempt=attempt, status=status,
                               source="measured", started_at=f"2026-01-02T00:{block:02d}:{attempt:02d}Z", duration_s=WINDOW_S, **values)
        for position, (canonical, native, requested, in_force) in enumerate(settings):
            self.insert("trial_setting", trial_id=identity, position=position, canonical=canonical, native=native,
                        requested=requested, in_force=in_force, applied=int(requested is not None))
        return identity

    def pair(self, key, campaign, case, run, blocks, rate, settings=(), client_version="1.0"):
        """`blocks` trials around `rate`; key is (version, revision, case, run)."""
        rows = self.trials.setdefault(key, [])
        for block in range(len(rows) + 1, len(rows) + 1 + blocks):
            of_trial = rate * self.random.uniform(0.9, 1.1)
            p50, p99 = self.random.uniform(1, 5), self.random.uniform(10, 50)
            cpu_s = self.random.uniform(1, 9)
            self.trial(campaign, case, run, block, settings=settings, records_per_sec=of_trial, latency_p50_ms=p50,
                       latency_p99_ms=p99, client_cpu_s=cpu_s, window_records=int(of_trial * WINDOW_S), records_acked=1000,
                       records_stored=1000, records_lost=0, client_version=client_version)
            rows.append((block, of_trial, p50, p99, cpu_s))

    def values(self, key, metric):
        """A metric of a pair's trials, in the order of their blocks."""
        of_row = {"records_per_sec": lambda row: row[1], "latency_p50_ms": lambda row: row[2], "latency_p99_ms": lambda row: row[3],
                  "client_cpu_us_per_record": lambda row: row[4] * 1e6 / int(row[1] * WINDOW_S),
                  "client_cpu_percent": lambda row: row[4] * 100 / WINDOW_S}[metric]
        return [of_row(row) for row in self.trials[key]]

    def summarise(self, key, experiment, case, run, baseline=None):
        """What the report writes: median, an interval (here from the least to the most) and the ratio to the key `baseline`."""
        for metric in METRICS:
            values = self.values(key, metric)
            bounds = (min(values), max(values)) if len(values) >= 5 else (None, None)
            ratio = statistics.median(values) / statistics.median(self.values(baseline, metric)) if baseline else None
            self.insert("summary", experiment_id=experiment, case_id=case, run_id=run, metric=metric, trials=len(values),
                        median=statistics.median(values), ci_low=bounds[0], ci_high=bounds[1],
                        relative_to=baseline[3] if baseline else None, ratio=ratio)


# ---- the database that the tests of the cookbook and of Datasette look at ----

RUNS = {"pure-java": "java", "pure-python": "kafka-python", "c-librdkafka": "c"}
CASES = {"no-replication": 1, "async-replication": 3, "sync-replication": 3, "patient": 3}
RATES = {  # of the newest revision; C and Java cannot be told apart without replication
    ("no-replication", "pure-java"): 1000, ("no-replication", "pure-python"): 100, ("no-replication", "c-librdkafka"): 1050,
    ("async-replication", "pure-java"): 600, ("async-replication", "pure-python"): 90, ("async-replication", "c-librdkafka"): 900,
    ("sync-replication", "pure-java"): 400, ("sync-replication", "pure-python"): 80, ("sync-replication", "c-librdkafka"): 700,
    ("patient", "pure-java"): 2000, ("patient", "c-librdkafka"): 1800,
}
ENVIRONMENT_A = {"cpu_cores": 2, "cpu_model": "A", "clients": {"pure-python": "2.0.2"}, "sysctl": {"vm.swappiness": 60}, "swap_bytes": 1}
ENVIRONMENT_B = {"cpu_cores": 4, "cpu_model": "A", "clients": {"pure-python": "3.0.1"}, "sysctl": {"vm.swappiness": 10}, "jvm": "21"}


def settings_of(case, run):
    """As the three clients tell them: Java and librdkafka say -1 for acks=all, kafka-python has names of its own. Pure Python's
    synchronous case has another batch.size as well."""
    acks = "all" if case == "sync-replication" else "1"
    linger = "5" if case == "patient" else "0"
    batch = "64000" if (case, run) == ("sync-replication", "pure-python") else "8196"
    python = run == "pure-python"
    return [("acks", "acks", acks, acks if python or acks == "1" else "-1"),
            ("linger.ms", "linger_ms" if python else "linger.ms", linger, linger),
            ("batch.size", "batch_size" if python else "batch.size", batch, batch),
            ("client.id", "client.id", None, f"told-by-{run}-in-{case}")]


def play(path):
    """v1 and two revisions of v2; the numbers of v2's first revision are ten times the second's, so that a mixture is seen."""
    database = PlayedDatabase(path)
    environments = [database.environment(ENVIRONMENT_A), database.environment(ENVIRONMENT_B)]
    for version, revision, factor, blocks, environment, client in (("v1", 1, 5, 5, 0, "2.0.2"), ("v2", 1, 10, 3, 0, "2.0.2"),
                                                                   ("v2", 2, 1, 6, 1, "3.0.1")):
        experiment, cases, runs = database.experiment(version, revision, CASES, RUNS)
        campaign = database.campaign(experiment, environments[environment])
        for (case, run), rate in RATES.items():
            key = (version, revision, case, run)
            database.pair(key, campaign, cases[case], runs[run], blocks, rate * factor, settings_of(case, run), client)
            baseline = (version, revision, case, "pure-java") if run != "pure-java" else None
            database.summarise(key, experiment, cases[case], runs[run], baseline)
        play_trials_without_figures(database, campaign, cases, runs, revision)
        play_claims(database, experiment, revision)
    database.insert("published", version="their-tool", case_name="no-replication", run_name="pure-java", records_per_sec=1e9,
                    source_title="a tool's output", source="tool")
    database.close()
    return database


def play_trials_without_figures(database, campaign, cases, runs, revision):
    """Three that failed (two of one cause), two that were disturbed, and one that lost records."""
    case = cases["no-replication"]
    for attempt, (run, cause) in enumerate((("pure-python", "no brokers"), ("pure-python", "no brokers"), ("c-librdkafka", "died"))):
        database.trial(campaign, case, runs[run], 90, attempt + 1, "failed", cause=cause, records_per_sec=1e9,
                       client_version="of a failed trial")
    for block, rules in ((91, {"steal": 0.05 * revision, "other-cpu": 0.2}), (92, {"steal": 0.03})):
        trial = database.trial(campaign, case, runs["pure-java"], block, 1, "disturbed", records_per_sec=1e9)
        for rule, measured in rules.items():
            database.insert("trial_disturbance", trial_id=trial, rule=rule, measured=measured, bound=0.02)
    database.trial(campaign, case, runs["pure-python"], 93, 1, "failed", cause="lost", records_acked=1000, records_stored=993,
                   records_lost=7)


def play_claims(database, experiment, revision):
    for position, (name, verdict, published) in enumerate((("faster", "holds", "fails"), ("similar", "undecided", None))):
        claim = database.insert("claim", experiment_id=experiment, position=position, name=name, quote=f"It is {name}",
                                metric="records_per_sec", of_case="no-replication", of_run="pure-python", to_case="no-replication",
                                to_run="pure-java", ratio_low=0.5, ratio_high=2)
        database.insert("claim_verdict", claim_id=claim, basis="measured", verdict=verdict, trials=6, value=revision, ci_low=0.9, ci_high=1.1)
        if published:
            database.insert("claim_verdict", claim_id=claim, basis="published", verdict=published, trials=0, value=0.25)
