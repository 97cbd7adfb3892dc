# SPDX-License-Identifier: Apache-2.0
"""The numbers at the front of a topic's records, as a third client library sees them: run by a Python that has kafka-python.

read_numbers.py SERVERS TOPIC prints a JSON list of [partition, number], each partition in the order of its offsets.
"""
import json
import sys

from kafka import KafkaConsumer, TopicPartition


def read(servers, topic):
    consumer = KafkaConsumer(bootstrap_servers=servers, auto_offset_reset="earliest", enable_auto_commit=False)
    partitions = [TopicPartition(topic, partition) for partition in consumer.partitions_for_topic(topic)]
    consumer.assign(partitions)
    ends = consumer.end_offsets(partitions)
    numbers = []
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        for partition, records in consumer.poll(1000).items():
            numbers += [[partition.partition, int.from_bytes(record.value[:8], "big")] for record in records]
    consumer.close()
    return numbers


if __name__ == "__main__":
    print(json.dumps(read(*sys.argv[1:])))
