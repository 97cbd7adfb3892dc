# SPDX-License-Identifier: Apache-2.0
"""What is in a topic, for tests of drivers: run by a Python that has confluent_kafka.

read_topic.py BOOTSTRAP TOPIC prints the records, a JSON list of [key, value, partition, offset], the first two in
hexadecimal (a missing key is null).
"""

import json
import sys

import confluent_kafka


def read(bootstrap, topic, count=1000):
    """Reads `count` records at a time until the end of every partition."""
    consumer = confluent_kafka.Consumer(
        {"bootstrap.servers": bootstrap, "group.id": "test", "enable.auto.commit": False, "enable.partition.eof": True}
    )
    partitions = consumer.list_topics(topic, timeout=10).topics[topic].partitions
    consumer.assign([confluent_kafka.TopicPartition(topic, i, 0) for i in partitions])
    records, at_end = [], set()
    while len(at_end) < len(partitions):
        for message in consumer.consume(count, 1.0):
            if message.error():
                at_end.add(message.partition())
            else:
                key = message.key() and message.key().hex()
                records.append([key, message.value().hex(), message.partition(), message.offset()])
    consumer.close()
    return records


if __name__ == "__main__":
    print(json.dumps(read(*sys.argv[1:])))
