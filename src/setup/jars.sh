#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Copy the jars of one profile of pom.xml into a folder, whole or not at all: jars.sh PROFILE FOLDER
set -eu

profile=$1
folder=$2
rm -rf "$folder.part"
mkdir -p "$(dirname "$folder")"
echo "kbench: resolving $profile with Maven" >&2
# Maven's own lines matter only when it fails.
said=$(mvn -q -B -f "$(dirname "$0")/pom.xml" -P "$profile" dependency:copy-dependencies \
    -DincludeScope=runtime -DoutputDirectory="$(pwd)/$folder.part" 2>&1) || {
    printf '%s\n' "$said" >&2
    exit 1
}
rm -rf "$folder"
mv "$folder.part" "$folder"
