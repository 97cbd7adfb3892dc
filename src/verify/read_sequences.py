# SPDX-License-Identifier: Apache-2.0
"""What a topic holds, read by kafka-python: by another client than those that write and read the trials of kbench verify.

read_sequences.py BOOTSTRAP TOPIC prints one line of JSON: how many records are stored, how many different sequence numbers (the
first 8 bytes of a record's value) they carry, and how often a number is lower than the one before it in its partition.
"""

import json
import struct
import sys

import kafka

POLL_MS = 1000
EMPTY_POLLS = 30


def read(bootstrap, topic):
    """Yield (partition, sequence number) of every record up to the ends that the partitions have now."""
    consumer = kafka.KafkaConsumer(
        bootstrap_servers=bootstrap, group_id=None, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    partitions = [kafka.TopicPartition(topic, number) for number in sorted(consumer.partitions_for_topic(topic))]
    consumer.assign(partitions)
    consumer.seek_to_beginning(*partitions)
    ends = consumer.end_offsets(partitions)
    empty_polls = 0
    while any(consumer.position(partition) < ends[partition] for partition in partitions):
        batches = consumer.poll(timeout_ms=POLL_MS)
        empty_polls = 0 if batches else empty_polls + 1
        if empty_polls > EMPTY_POLLS:
            raise SystemExit(f"no record came for {EMPTY_POLLS} s")
        for partition, records in batches.items():
            for record in records:
                yield partition.partition, struct.unpack(">q", record.value[:8])[0]
    consumer.close()


def main(bootstrap, topic):
    stored, disordered, numbers, last = 0, 0, set(), {}
    for partition, number in read(bootstrap, topic):
        stored += 1
        numbers.add(number)
        disordered += number < last.get(partition, -1)
        last[partition] = number
    print(json.dumps({"stored": stored, "distinct": len(numbers), "disordered": disordered}))


main(sys.argv[1], sys.argv[2])
