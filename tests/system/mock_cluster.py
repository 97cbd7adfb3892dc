# SPDX-License-Identifier: Apache-2.0
"""librdkafka's mock cluster as a program, for tests of drivers: run by a Python that has confluent_kafka.

It prints its bootstrap servers. To each line "TOPIC COUNT" on standard input it answers with the records of the topic, a
JSON list as read_topic.py prints it, reading so many at a time. It ends with its input.
"""

import json
import sys

import confluent_kafka
from read_topic import read


def main():
    mock = confluent_kafka.Producer({"test.mock.num.brokers": 2, "log_level": 0})
    brokers = mock.list_topics(timeout=10).brokers.values()
    bootstrap = ",".join(f"{broker.host}:{broker.port}" for broker in brokers)
    print(bootstrap, flush=True)
    for line in sys.stdin:
        topic, count = line.split()
        print(json.dumps(read(bootstrap, topic, int(count))), flush=True)


main()
