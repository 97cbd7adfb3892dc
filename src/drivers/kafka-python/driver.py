# SPDX-License-Identifier: Apache-2.0
"""The kafka-python driver: KafkaProducer.send() with a callback and an errback on each future, as its users write it.

The callbacks run in the client's sender thread. kafka-python 3 knows no buffer_memory: its buffer has no bound, and
send() waits for nothing but metadata.
"""

import logging
import math
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

import kafka  # noqa: E402
import kafka.record.util as record_util  # noqa: E402
from kafka.errors import KafkaError  # noqa: E402
from job import DriverError  # noqa: E402
from kbench_driver import main, runtime  # noqa: E402
from schedule import to_send  # noqa: E402

# Settings whose values Kafka and kafka-python write differently: to the client, and as the client says.
TO_CLIENT = {
    "acks": lambda value: value if value == "all" else int(value),
    "compression_type": lambda value: None if value == "none" else value,
}
NONE_MEANS = {"compression_type": "none"}
SECRETS = ("sasl_plain_password", "ssl_password")


class KafkaPythonDriver:
    def __init__(self, job, results):
        self._job, self._results = job, results
        try:
            settings = {name: TO_CLIENT.get(name, lambda value: value)(value) for name, value in job.settings.items()}
            self._producer = kafka.KafkaProducer(bootstrap_servers=job.bootstrap_servers.split(","), **settings)
            self._producer.partitions_for(job.topic)
        except (KafkaError, ValueError, TypeError, AssertionError, RuntimeError, OSError) as problem:
            raise DriverError(f"{type(problem).__name__}: {problem}") from problem

    @staticmethod
    def versions():
        # Without the package crc32c the client computes checksums in Python.
        checksums = "crc32c" if record_util.crc32c_c else "python"
        return {"client": kafka.__version__, "library": "kafka-python", "runtime": runtime(), "checksums": checksums}

    def settings(self):
        shown = {name: self._shown(name, value) for name, value in self._producer.config.items()}
        return {name: value for name, value in shown.items() if value is not None}

    @staticmethod
    def _shown(name, value):
        if value is None:
            return NONE_MEANS.get(name)
        if name in SECRETS:
            return "<redacted>"
        if isinstance(value, (bool, int, str)) or (isinstance(value, float) and math.isfinite(value)):
            return value
        if isinstance(value, (float, tuple, list)):
            return str(value)  # infinity is no JSON
        return getattr(value, "__name__", type(value).__name__)  # an object or a class: what is in force there

    def produce(self, control):
        results, topic, send = self._results, self._job.topic, self._producer.send
        acknowledged, failed = self._callbacks()
        for start, value, key in to_send(self._job, control, results, time.sleep):
            results.sent()
            try:
                future = send(topic, value, key)
            except KafkaError as problem:
                failed(start, problem)
                continue
            future.add_callback(acknowledged, start).add_errback(failed, start)
        self._producer.flush()
        self._producer.close()

    def _callbacks(self):
        count_acknowledged, count_failed = self._results.acknowledged, self._results.failed

        def acknowledged(start, _metadata):
            count_acknowledged(start)

        def failed(start, problem):
            count_failed(start, getattr(problem, "errno", None) or -1, type(problem).__name__)

        return acknowledged, failed


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    sys.exit(main(KafkaPythonDriver))
