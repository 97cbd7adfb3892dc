# SPDX-License-Identifier: Apache-2.0
"""kbench driver-test: what conforms passes, and each fault is found by the point that is there for it."""
import os

from support import SystemTest

# Faults that do not get into each other's way, and the point that each fails; all other points pass.
SEVERAL = {
    "changes-a-setting": "settings",
    "sends-half-a-sample": "samples",
    "passes-its-limit": "counts",
    "slips": "rate",
    "does-not-tell-due": "due",
    "ignores-the-schedule": "schedule",
    "keeps-its-samples": "samples-in-time",
}
OTHERS = {"ends-before-its-start": "clock", "counts-two": "samples"}


class DriverTestTest(SystemTest):
    def environment(self, **more):
        return super().environment(KBENCH_DRIVERS=self.path("drivers"), **more)

    def add_driver(self, name, faults):
        self.write_driver(name, "nonconforming_driver.py", *faults)

    def verdicts(self, output):
        """By point; the second line of each is its detail."""
        lines = output.splitlines()
        verdicts = {line.split()[0]: line[18:33].strip() for line in lines[::2]}
        self.assertEqual(len(verdicts) * 2, len(lines), output)
        return verdicts

    def failed_points(self, name, faults):
        self.add_driver(name, faults)
        output, _ = self.kbench("driver-test", name, status=1 if faults else 0)
        verdicts = self.verdicts(output)
        self.assertIn("pass", verdicts.values())
        return {point for point, verdict in verdicts.items() if verdict == "fail"}, output

    def test_each_fault_is_found_by_its_point(self):
        for name, faults in (("good", {}), ("several", SEVERAL), ("others", OTHERS)):
            with self.subTest(name):
                failed, output = self.failed_points(name, faults)
                self.assertEqual(failed, set(faults.values()), output)

    def test_a_driver_that_says_too_little_fails_from_the_handshake_on(self):
        self.add_driver("mute", ["tells-no-version"])
        output, _ = self.kbench("driver-test", "mute", status=1)
        self.assertEqual(set(self.verdicts(output).values()), {"fail"})
        self.assertIn("is ready without telling its versions.client", output)

    def test_a_client_conforms(self):
        os.makedirs(self.path("drivers"))
        verdicts = self.verdicts(self.kbench("driver-test", "c")[0])
        self.assertEqual({name for name, verdict in verdicts.items() if verdict != "pass"}, {"numbers"})

    def test_no_such_driver(self):
        os.makedirs(self.path("drivers"))
        for name, words in (("nul", "there is no driver 'nul', did you mean 'null'?"),
                            ("something", "there is no driver 'something'; there are c,")):
            self.assertIn(words, self.kbench("driver-test", name, status=2)[1])
