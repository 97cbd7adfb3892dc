# SPDX-License-Identifier: Apache-2.0
"""Documents as people write them, and a database of known numbers that they are filled in from."""
import os
import shutil
import sqlite3

from support import SystemTest

TITLE = "Odd | `title` <script>alert(1)</script> --> <!-- /kbench -->"
MORE = """\
  - name: two
    title: 'Two'
    topic: {partitions: 1, replication.factor: 1}
    producer: {batch.size: 8196}
    measure: {warmup: 200ms, duration: 500ms}
runs:
  - {name: half, title: '%s', driver: 'null'}
""" % TITLE
END = """\
report: {baseline: nothing, published: p1}
claims:
  - {name: as-fast, quote: 'Half is *as fast*', metric: records_per_sec, of: {case: plain, run: half},
     to: {case: plain, run: nothing}, ratio: [0.9, 1.1]}
"""
PUBLISHED = """\
version,case,run,source_title,source_date,records_per_sec,client_library,client_version
p1,plain,nothing,Post,2016-03-31,747417.67,kafka-clients,0.9.0.1
p1,plain,half,Post,2016-03-31,117115.2,kafka-clients,0.9.0.1
"""
RATES = (1000000, 1100000, 1200000, 1300000, 1400000)

DOCUMENT = """\
# A post

Java made <!-- kbench:value pair=plain/nothing metric=records_per_sec -->?<!-- /kbench --> records/s.

<!-- kbench:table case=plain -->
<!-- /kbench -->

The end, `<!-- kbench:value -->` is no marker.
"""


def grow(database):
    """Five trials of each pair in place of the one that ran: those of `half` send half as much."""
    connection = sqlite3.connect(database)
    columns = [row[1] for row in connection.execute("pragma table_info(trial)") if row[1] not in ("id", "block")]
    for trial, in connection.execute("select id from trial where block = 1").fetchall():
        for block in range(2, len(RATES) + 1):
            copy = connection.execute(f"insert into trial (block, {', '.join(columns)}) "
                                      f"select ?, {', '.join(columns)} from trial where id = ?", (block, trial)).lastrowid
            connection.execute("insert into trial_latency (trial_id, role, payload) "
                               "select ?, role, payload from trial_latency where trial_id = ?", (copy, trial))
    for block, rate in enumerate(RATES, 1):
        connection.execute("update trial set records_per_sec = ? / (case (select name from run where id = run_id) "
                           "when 'half' then 2.0 else 1.0 end) where block = ?", (rate, block))
    connection.execute("update trial set records_lost = 0")
    connection.commit()
    connection.close()


class PublishTest(SystemTest):
    @classmethod
    def setUpClass(cls):
        cls.made = SystemTest()
        cls.made.setUp()
        cls.addClassCleanup(cls.made.doCleanups)
        cls.made.kbench("run", cls.made.mock_definition(
            change=lambda text: text.replace("runs:\n", MORE) + END))
        cls.made.kbench("import", cls.made.write("p.csv", PUBLISHED))
        grow(cls.made.database)

    def setUp(self):
        super().setUp()
        shutil.copytree(os.path.dirname(self.made.database), os.path.dirname(self.database))

    def publish(self, text, *arguments, name="post.md", status=0):
        """The document afterwards, standard output and standard error."""
        path = self.write(name, text)
        output, errors = self.kbench("publish", "t1", name, *arguments, status=status)
        with open(path, "rb") as file:
            return file.read(), output, errors
