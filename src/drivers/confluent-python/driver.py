# SPDX-License-Identifier: Apache-2.0
"""The confluent-kafka driver: Producer.produce() with a callback for each record, served by poll() in the same thread,
as its users write it."""

import functools
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "python"))

import confluent_kafka  # noqa: E402
from configuration import configuration_in_force  # noqa: E402
from job import DriverError  # noqa: E402
from kbench_driver import main, runtime  # noqa: E402
from schedule import to_send  # noqa: E402

# An acknowledgement's time is taken when poll() serves its callback: at most this much late.
SERVE_INTERVAL_NS = 100_000
# How long to wait in one go for room or for the last callbacks.
WAIT_S = 0.01
CONNECT_TIMEOUT_S = 30


class ConfluentPythonDriver:
    def __init__(self, job, results):
        self._job, self._results = job, results
        try:
            self._producer = confluent_kafka.Producer({"bootstrap.servers": job.bootstrap_servers, **job.settings})
            topic = self._producer.list_topics(job.topic, timeout=CONNECT_TIMEOUT_S).topics[job.topic]
        except (confluent_kafka.KafkaException, ValueError, TypeError) as problem:
            raise DriverError(f"{type(problem).__name__}: {problem}") from problem
        if topic.error:
            raise DriverError(f"topic {job.topic!r}: {topic.error.str()}")

    @staticmethod
    def versions():
        return {
            "client": confluent_kafka.version(),
            "library": "confluent-kafka",
            "librdkafka": confluent_kafka.libversion()[0],
            "runtime": runtime(),
        }

    def settings(self):
        return configuration_in_force(self._job.settings)

    def produce(self, control):
        poll = self._producer.poll
        send = self._sender(control)
        served = 0
        for start, value, key in to_send(self._job, control, self._results, self._wait):
            send(start, value, key)
            if start - served >= SERVE_INTERVAL_NS:
                poll(0)
                served = start
        self._producer.flush()

    def _sender(self, control):
        """A function that hands over one record, waiting for room as long as it takes: a full buffer is no error."""
        results, topic, producer = self._results, self._job.topic, self._producer
        produce, sent = producer.produce, results.sent
        partial, delivered = functools.partial, self._delivery_callback()

        def send(start, value, key):
            on_delivery = partial(delivered, start)
            while True:
                try:
                    produce(topic, value, key, on_delivery=on_delivery)
                except BufferError:
                    producer.poll(WAIT_S)
                    if control.is_stopped:
                        return
                except confluent_kafka.KafkaException as problem:
                    sent()
                    results.failed(start, problem.args[0].code(), problem.args[0].name())
                    return
                else:
                    sent()
                    return

        return send

    def _delivery_callback(self):
        acknowledged, failed = self._results.acknowledged, self._results.failed

        def delivered(start, error, _message):
            if error is None:
                acknowledged(start)
            else:
                failed(start, error.code(), error.name())

        return delivered

    def _wait(self, seconds):
        # poll() counts in milliseconds: the last two are slept in short steps, and callbacks served between them.
        if seconds > 0.002:
            self._producer.poll(seconds - 0.001)
        else:
            time.sleep(min(seconds, 0.0001))
            self._producer.poll(0)


if __name__ == "__main__":
    sys.exit(main(ConfluentPythonDriver))
