# SPDX-License-Identifier: Apache-2.0
"""kbench publish on documents as people write them, with a database of known numbers."""
import hashlib
import os
import re
import shutil
import sqlite3
import stat
import subprocess
import unittest

from posts import DOCUMENT, PublishTest
from support import PROGRAM, ROOT


class Publish(PublishTest):
    def test_fills_in_and_changes_nothing_twice(self):
        first, output, errors = self.publish(DOCUMENT)
        text = first.decode()
        self.assertIn("records_per_sec -->1,200,000<!-- /kbench --> records/s.\n", text)
        self.assertRegex(text, r"\n<!-- kbench:table case=plain -->\n\n\| Run \|(?s:.*)\n\n<!-- /kbench -->\n\nThe end, `<!-- "
                               r"kbench:value -->` is no marker\.\n\Z")
        self.assertIn("kbench explain t1 plain/RUN METRIC", text)
        self.assertEqual(output, "")
        self.assertIn("post.md:3: value pair=plain/nothing metric=records_per_sec\n", errors)
        self.assertIn("2 of 2 markers and charts made anew", errors)
        second, _, errors = self.publish(first)
        self.assertEqual(second, first)
        self.assertIn("'post.md' is what the database says", errors)

    def test_text_of_the_database_is_no_markup(self):
        document, _, _ = self.publish(DOCUMENT)
        text = document.decode()
        self.assertNotIn("<script", text)
        self.assertIn("Odd \\| \\`title\\` &lt;script&gt;alert(1)&lt;/script&gt; --&gt; &lt;\\!-- /kbench --&gt;", text)
        document, _, _ = self.publish("<p><!-- kbench:value pair=plain/half of=title --><!-- /kbench -->\n"
                                      "<!-- kbench:table case=plain -->\n<!-- /kbench -->\n", name="post.html")
        self.assertNotIn("<script", document.decode())
        self.assertEqual(document.decode().count("<!-- /kbench -->"), 2)

    def test_html_in_markdown_is_html(self):
        value = "<!-- kbench:value pair=plain/half of=title -->?<!-- /kbench -->"
        document, _, _ = self.publish(f"It is {value}.\n\n<table><tr>\n<td>{value}</td></tr></table>\n")
        markdown, _, _, html = document.decode().splitlines()[:4]
        self.assertIn("Odd \\| \\`title\\` &lt;script&gt;", markdown)
        self.assertIn("-->Odd | `title` &lt;script&gt;alert(1)&lt;/script&gt; --&gt; &lt;!-- /kbench --&gt;<!--", html)

    def test_a_document_is_a_file(self):
        os.mkfifo(self.path("pipe.md"))
        os.mkdir(self.path("folder.md"))
        for name in ("pipe.md", "folder.md"):
            errors = self.kbench("publish", "t1", name, status=2)[1]
            self.assertIn(f"'{name}' is not a regular file", errors)

    def test_other_bytes_stay(self):
        before = (b"\xef\xbb\xbfOne \xff\x00 line\r\n<!-- kbench:settings case=plain -->\r\n", b"<!-- /kbench -->\r\n\tno end")
        document, _, _ = self.publish(before[0] + b"old\r\n" + before[1])
        self.assertTrue(document.startswith(before[0] + b"\r\n") and document.endswith(b"\r\n\r\n" + before[1]))
        self.assertNotIn(b"old", document)
        self.assertNotRegex(document.replace(b"\r\n", b""), rb"[\r\n]")

    def test_check_says_what_is_stale(self):
        document, output, errors = self.publish(DOCUMENT, "--check", status=1)
        self.assertEqual(document.decode(), DOCUMENT)
        self.assertRegex(output, r"\A--- post\.md\t.*\n\+\+\+ post\.md\t.*\n@@ ")
        self.assertIn("\n-Java made <!-- kbench:value pair=plain/nothing metric=records_per_sec -->?<!-- /kbench -->", output)
        self.assertIn("\n+Java made <!-- kbench:value pair=plain/nothing metric=records_per_sec -->1,200,000<", output)
        self.assertIn("'post.md' is stale: 2 of 2", errors)
        current, _, _ = self.publish(DOCUMENT)
        document, output, errors = self.publish(current, "--check")
        self.assertEqual((document, output), (current, ""))
        self.write("patched.md", DOCUMENT)
        difference = self.kbench("publish", "t1", "patched.md", "--check", status=1)[0]
        subprocess.run(["git", "apply", "-p0"], input=difference.encode(), check=True, cwd=self.folder)
        self.assertEqual(self.read("patched.md").encode(), current)

    def test_all_errors_at_once_and_nothing_written(self):
        text = ("<!-- kbench:table case=plian -->\n<!-- /kbench -->\n\nA <!-- kbench:value pair=plain/haff metric=x -->"
                "<!-- /kbench -->, a <!-- kbench:value pair=plain/half metric=record_per_sec --><!-- /kbench -->.\n\n"
                "<!-- kbench:chart kind=pie case=plain -->\n<!-- /kbench -->\n<!-- kbench:claims claim=as-slow -->\n"
                "<!-- /kbench -->\n<!-- kbench:tables -->\n<!-- /kbench -->\n<!-- kbench:head -->\n")
        document, output, errors = self.publish(text, status=2)
        self.assertEqual(document.decode(), text)
        self.assertEqual(output, "")
        lines = errors.splitlines()
        self.assertEqual([line.split(" ")[0] for line in lines[:-1]],
                         ["post.md:1:1:", "post.md:4:3:", "post.md:4:69:", "post.md:6:1:", "post.md:8:1:", "post.md:10:1:",
                          "post.md:12:1:"])
        for line, expected in zip(lines, ("did you mean 'plain'", "half", "did you mean 'records_per_sec'",
                                          "there is no chart 'pie'", "as-fast", "did you mean 'table'", "not closed")):
            self.assertIn(expected, line)
        self.assertEqual(lines[-1], "kbench: 'post.md' has 7 errors; nothing is written")
        self.assertEqual(self.publish(text, "--check", status=2)[2], errors)

    def test_wrong_documents_and_versions(self):
        self.assertIn("has no marker", self.publish("# Nothing\n", status=2)[2])
        self.write("post.md", DOCUMENT)
        self.assertIn("'t9'", self.kbench("publish", "t9", "post.md", status=2)[1])
        self.assertIn("cannot read 'none.md'", self.kbench("publish", "t1", "none.md", status=2)[1])
        self.assertIn("needs: VERSION DOCUMENT", self.kbench("publish", "t1", status=2)[1])
        self.assertIn("of=", self.kbench("publish", "--markers")[0])

    def test_a_document_that_could_not_be_filled_in_again(self):
        text = "```<!-- kbench:value of=version -->`old`<!-- /kbench -->\n"
        document, _, errors = self.publish(text, status=2)
        self.assertEqual(document.decode(), text)
        self.assertIn("post.md:1:4: filled in, this marker would be none any more", errors)

    def test_every_kind_in_both_formats(self):
        kinds = ("head", "table", "table case=two part=ratios", "table case=two part=efficiency", "settings case=plain", "claims",
                 "claims claim=as-fast", "environment", "brokers", "campaigns", "reading",
                 "validity", "versions", "changes", "published")
        text = "".join(f"<!-- kbench:{kind} -->\n<!-- /kbench -->\n\n" for kind in kinds)
        for name in ("post.md", "post.html"):
            document, _, _ = self.publish(text, name=name)
            parts = re.findall(r"<!-- kbench:(.*) -->\n(?s:(.*?))<!-- /kbench -->", document.decode())
            self.assertEqual([kind for kind, _ in parts], list(kinds))
            for kind, part in parts:
                self.assertTrue(part.strip(), f"{name}: {kind} is empty")
                self.assertNotRegex(part, r"(?m)^#|<h[1-6]", f"{name}: {kind} has a heading")
            self.assertEqual(self.publish(document, "--check", name=name)[1], "")
        self.assertIn(self.query("select sha256 from experiment")[0][0], document.decode())

    def test_a_link_stays_one_and_so_do_permissions(self):
        path = self.write("there/post.md", DOCUMENT)
        os.chmod(path, 0o640)
        os.symlink(path, self.path("link.md"))
        self.kbench("publish", "t1", "link.md", "-q")
        self.assertTrue(os.path.islink(self.path("link.md")))
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o640)
        self.assertIn("1,200,000", self.read("there", "post.md"))
        self.assertEqual(sorted(os.listdir(self.path("there"))), ["post.md"])

    def test_posts_are_checked_by_the_results_beside_them(self):
        script = self.write("tests/check_posts.sh", "")
        shutil.copy(os.path.join(ROOT, "tests", "check_posts.sh"), script)
        os.makedirs(self.path("experiments", "results"))
        self.kbench("export", "t1", "--format", "sql", "--out", "experiments/results/t1.sql")

        def check():
            return subprocess.run([script, PROGRAM], env=self.environment(), capture_output=True, text=True, check=False)

        self.assertEqual(check().returncode, 0)  # there is no post
        self.write("experiments/t1.md", DOCUMENT)
        stale = check()
        self.assertEqual(stale.returncode, 1)
        self.assertIn("+Java made <!-- kbench:value pair=plain/nothing metric=records_per_sec -->1,200,000<", stale.stdout)
        self.kbench("publish", "t1", "experiments/t1.md")
        self.assertEqual(check().returncode, 0)
        os.remove(self.path("experiments", "results", "t1.sql"))
        self.assertIn("there is no experiments/results/t1.sql to check it by", check().stderr)
        self.assertEqual(check().returncode, 1)


class PublishCharts(PublishTest):
    CHARTS = ("<!-- kbench:chart kind=throughput case=plain -->\n<!-- /kbench -->\n\n"
              "<!-- kbench:chart kind=trials -->\n<!-- /kbench -->\n\n"
              "<!-- kbench:chart kind=throughput case=plain -->\n<!-- /kbench -->\n")

    def without_gnuplot(self):
        """The environment of a machine that has no gnuplot, but diff."""
        os.makedirs(self.path("bin"), exist_ok=True)
        if not os.path.exists(self.path("bin", "diff")):
            os.symlink(shutil.which("diff"), self.path("bin", "diff"))
        return dict(self.environment(), PATH=self.path("bin"))

    def charts(self):
        folder = self.path("post")
        return {name: self.read("post", name) for name in sorted(os.listdir(folder))} if os.path.isdir(folder) else {}

    def stale(self, status=1):
        return self.kbench("publish", "t1", "post.md", "--check", status=status, environment=self.without_gnuplot())[1]

    def test_draws_beside_a_document_without_an_ending(self):
        document, _, _ = self.publish(self.CHARTS, name="README")
        self.assertIn("](README-charts/trials.svg)", document.decode())
        self.assertEqual(sorted(os.listdir(self.path("README-charts"))), ["throughput-plain.svg", "trials.svg"])

    def test_draws_beside_the_document(self):
        document, _, errors = self.publish(self.CHARTS)
        self.assertEqual(list(self.charts()), ["throughput-plain.svg", "trials.svg"])
        self.assertRegex(document.decode(), r"-->\n\n!\[[^\n]*\]\(post/throughput-plain\.svg\)\n\n<!-- /kbench")
        self.assertEqual(document.decode().count("](post/trials.svg)"), 1)
        self.assertIn("post/trials.svg: missing", errors)
        before = {name: os.stat(self.path("post", name)).st_mtime_ns for name in self.charts()}
        self.assertEqual(self.publish(document)[0], document)
        self.assertEqual({name: os.stat(self.path("post", name)).st_mtime_ns for name in self.charts()}, before)
        html, _, _ = self.publish(self.CHARTS, name="post.html")
        self.assertRegex(html.decode(), r'<img src="post/trials\.svg" alt="[^"<>]+">')

    def test_check_needs_no_gnuplot(self):
        self.publish(self.CHARTS)
        drawn = self.charts()
        self.assertIn("2 charts", self.stale(status=0))
        os.remove(self.path("post", "trials.svg"))
        self.assertIn("post/trials.svg: missing", self.stale())
        self.write("post/throughput-plain.svg", drawn["throughput-plain.svg"].replace("<svg", "<svg ", 1))
        self.assertIn("post/throughput-plain.svg: not that of the database", self.stale())
        self.kbench("publish", "t1", "post.md")
        self.assertEqual(self.charts(), drawn)

    def test_another_drawing_of_the_same_is_current(self):
        """As another gnuplot would make it: other bytes, with the hash of these bytes."""
        self.publish(self.CHARTS)
        drawn = self.charts()["trials.svg"]
        body, source = re.fullmatch(r"(?s)(.*)<!-- kbench: drawn from (\w{64}), drawing \w{64} -->\n", drawn).groups()
        body = body.replace("<svg", "<svg ", 1)
        digest = hashlib.sha256(body.encode()).hexdigest()
        self.write("post/trials.svg", f"{body}<!-- kbench: drawn from {source}, drawing {digest} -->\n")
        self.stale(status=0)

    def test_other_data_are_another_chart(self):
        self.publish(self.CHARTS)
        connection = sqlite3.connect(self.database)
        connection.execute("update trial set records_per_sec = records_per_sec * 1.5 where block = 1")
        connection.commit()
        connection.close()
        self.assertIn("post/throughput-plain.svg: not that of the database", self.stale())

    def test_without_gnuplot_nothing_is_written(self):
        self.write("post.md", self.CHARTS)
        _, errors = self.kbench("publish", "t1", "post.md", status=3, environment=self.without_gnuplot())
        self.assertIn("gnuplot", errors)
        self.assertEqual(self.read("post.md"), self.CHARTS)
        self.assertEqual(self.charts(), {})

    def test_wrong_charts(self):
        for attributes, expected in (("kind=throughput", "case=CASE is missing"),
                                     ("kind=trails", "did you mean 'trials'?"),
                                     ("kind=ratio case=plain against=t1", "against=t1 goes with kind=versions"),
                                     ("kind=versions case=plain against=t9", "'t9'")):
            with self.subTest(attributes):
                text = f"<!-- kbench:chart {attributes} -->\n<!-- /kbench -->\n"
                self.assertIn(expected, self.publish(text, status=2)[2])


if __name__ == "__main__":
    unittest.main()
