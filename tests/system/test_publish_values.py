# SPDX-License-Identifier: Apache-2.0
"""kbench publish: the numbers and words within sentences."""
import os
import re
import sqlite3
import unittest

from posts import PublishTest


class PublishValues(PublishTest):
    def value(self, attributes, name="post.md"):
        document, _, _ = self.publish(f"It is <!-- kbench:value {attributes} -->?<!-- /kbench -->.\n", name=name)
        return re.fullmatch(r"It is <!-- .* -->(.*)<!-- /kbench -->\.\n", document.decode()).group(1)

    def complaint(self, marker):
        document, output, errors = self.publish(f"It is {marker}?<!-- /kbench -->.\n", status=2)
        self.assertEqual(document.decode(), f"It is {marker}?<!-- /kbench -->.\n")
        self.assertEqual(output, "")
        self.assertRegex(errors, r"\Apost\.md:1:7: ")
        return errors

    def test_values_are_those_of_the_tables(self):
        document, _, _ = self.publish("<!-- kbench:table case=plain -->\n<!-- /kbench -->\n")
        row = next(line for line in document.decode().splitlines() if line.startswith("| A test") or "| nothing |" in line)
        cells = [cell.strip() for cell in row.split("|")[1:-1]]
        header = [cell.strip() for cell in document.decode().splitlines()[2].split("|")[1:-1]]
        at = {name: cells[i].split("<br>") for i, name in enumerate(header)}
        self.assertEqual(self.value("pair=plain/nothing metric=records_per_sec"), at["Records/s"][0])
        self.assertEqual(self.value("pair=plain/nothing metric=records_per_sec of=interval"), at["Records/s"][1])
        self.assertEqual(self.value("pair=plain/nothing metric=latency_p99_ms"), at["99th ms"][0])
        self.assertEqual("(" + self.value("pair=plain/nothing metric=latency_p99_ms of=range") + ")", at["99th ms"][1])
        self.assertEqual(self.value("pair=plain/nothing of=sent"), at["Records sent"][0])
        self.assertEqual(self.value("pair=plain/nothing of=trials"), at["Trials"][0])

    def test_values_of_pairs(self):
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec"), "600,000")
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec format=plain"), "600000")
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec of=range"), "500,000 to 700,000")
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec of=ratio"), "0.500")
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec of=ratio format=percent"), "50.0 %")
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec of=ratio format=change"), "\u221250.0 %")
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec of=ratio-interval"), "[0.500, 0.500]")
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec of=ratio-verdict"), "slower")
        self.assertEqual(self.value("pair=plain/nothing metric=records_per_sec to=two/half"), "2.000")
        self.assertEqual(self.value("pair=plain/nothing metric=records_per_sec to=two/half of=blocks"), "5")
        self.assertEqual(self.value("pair=plain/half of=trials"), "5")
        self.assertEqual(self.value("pair=plain/half of=lost"), "0")
        self.assertEqual(self.value("pair=plain/half metric=records_lost"), "0")
        self.assertEqual(self.value("pair=plain/half of=title", name="post.html"),
                         "Odd | `title` &lt;script&gt;alert(1)&lt;/script&gt; --&gt; &lt;!-- /kbench --&gt;")

    def test_values_of_all_else(self):
        self.assertEqual(self.value("pair=plain/nothing metric=records_per_sec published=p1"), "747,418")
        self.assertEqual(self.value("pair=plain/half to=plain/nothing metric=records_per_sec published=p1"), "0.157")
        self.assertEqual(self.value("pair=plain/half published=p1 of=client"), "kafka-clients 0.9.0.1")
        self.assertEqual(self.value("claim=as-fast"), "fails")
        self.assertEqual(self.value("claim=as-fast of=value"), "0.500")
        self.assertEqual(self.value("claim=as-fast of=published-value"), "0.157")
        self.assertEqual(self.value("claim=as-fast of=quote"), "Half is \\*as fast\\*")
        self.assertEqual(self.value("claim=as-fast of=quote", name="post.html"), "Half is *as fast*")
        self.assertEqual(self.value("case=two of=partitions"), "1")
        self.assertEqual(self.value("case=two of=window-seconds"), "0.500")
        self.assertEqual(self.value("case=two setting=batch.size"), "8,196")
        self.assertEqual(self.value("of=trials-total"), "20")
        self.assertEqual(self.value("of=claims-fail"), "1")
        self.assertEqual(self.value("of=lost-total"), "0")
        self.assertEqual(self.value("of=definition"), self.query("select sha256 from experiment")[0][0])
        self.assertEqual(self.value("environment=cpu_cores"), str(os.cpu_count()))

    def test_values_that_there_are_not(self):
        for attributes, expected in (
                ("pair=plain/half metric=records_per_sec of=medain", "did you mean 'median'?"),
                ("pair=plain/half", "of=median needs metric=NAME"),
                ("pair=plain/half metric=latency_p99_ms of=interval", "there are of=lowest, highest and range"),
                ("pair=plain/nothing metric=records_per_sec of=ratio", "the run is the baseline itself"),
                ("pair=plain/half metric=records_per_sec of=low to=plain/nothing", "to=plain/nothing goes with of=ratio"),
                ("pair=plain/half metric=records_per_sec format=percent", "format=percent is for ratios"),
                ("pair=plain/half metric=records_per_sec format=percents", "did you mean 'percent'?"),
                ("metric=records_per_sec", "'metric' does not go with this"),
                ("claim=as-fast case=plain", "'case' does not go with this"),
                ("published=p2 pair=plain/half metric=records_per_sec", "no published table 'p2'"),
                ("published=p1 pair=plain/haif metric=records_per_sec", "did you mean 'plain/half'?"),
                ("published=p1 pair=plain/half metric=record_per_sec", "did you mean 'records_per_sec'?"),
                ("published=p1 pair=plain/half metric=latency_p99_ms", "has no latency_p99_ms of plain/half"),
                ("case=two setting=batch.sice", "did you mean 'batch.size'?"),
                ("environment=cpu", "the environment has no 'cpu'")):
            with self.subTest(attributes):
                self.assertIn(expected, self.complaint(f"<!-- kbench:value {attributes} -->"))

    def test_trends(self):
        connection = sqlite3.connect(self.database)
        connection.execute("update trial set trend_percent = block * 10 where run_id = (select id from run where name = 'half')")
        connection.execute("update trial set trend_percent = 0.4 - block where run_id in (select id from run where name = "
                           "'nothing')")
        connection.commit()
        self.assertEqual(self.value("pair=plain/half of=trend"), "+30 %")
        self.assertEqual(self.value("pair=plain/nothing of=trend"), "\u22123 %")
        connection.execute("update trial set trend_percent = -0.4")
        connection.commit()
        self.assertEqual(self.value("pair=plain/half of=trend"), "0 %")
        connection.execute("update trial set trend_percent = null where block = 2")
        connection.commit()
        connection.close()
        self.assertIn("a trend is known of 4 of the 5 trials of plain/half",
                      self.complaint("<!-- kbench:value pair=plain/half of=trend -->"))

    def test_nothing_that_counts_has_no_sum(self):
        connection = sqlite3.connect(self.database)
        connection.execute("update trial set status = 'failed'")
        connection.execute("update experiment set canonical = replace(canonical, 'p1', 'p3')")
        connection.commit()
        connection.close()
        self.assertIn("no trial of version 't1' counts", self.complaint("<!-- kbench:value of=lost-total -->"))
        document = "<!-- kbench:published -->\n<!-- /kbench -->\n"
        self.assertIn("post.md:1:1: version 't1' names no table of published numbers", self.publish(document, status=2)[2])

    def test_too_few_trials_have_no_interval(self):
        connection = sqlite3.connect(self.database)
        connection.execute("update trial set status = 'failed' where block > 3")
        connection.commit()
        connection.close()
        self.assertIn("below 5 there is no interval",
                      self.complaint("<!-- kbench:value pair=plain/half metric=records_per_sec of=high -->"))
        self.assertIn("3 blocks, below 5 there is no interval",
                      self.complaint("<!-- kbench:value pair=plain/half metric=records_per_sec of=ratio-low -->"))
        self.assertEqual(self.value("pair=plain/half metric=records_per_sec of=ratio"), "0.500")


if __name__ == "__main__":
    unittest.main()
