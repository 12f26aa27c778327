# Creates a folder, prints its path, and waits until its standard input ends: when the owner of the folder disposes of
# it, or dies in any way. Then it ends the servers that run in the folder and removes it.
# $1: the place of the folder; $2: its owner, or nothing.
trap '' HUP INT TERM
cd /
folder=$(mktemp -d "$1/ragstudio-pg-XXXXXXXX") || exit
if [ -n "$2" ]; then
  chown "$2" "$folder" || exit
fi
echo "$folder"
cat >/dev/null

# The servers that name the folder, and their children: a server is found by what it works on, not by a number in a
# file that may belong to another process by now.
servers() {
  ps -A -o pid=,ppid=,args= | awk -v folder="$folder" '
    { parent[$1] = $2 }
    /(initdb|pg_ctl|postgres|pgbouncer) / && index($0, folder) { named[$1] }
    END { for (process in parent) if (process in named || parent[process] in named) print process }'
}

# QUIT lets a server free its shared memory. A process that was suspended takes it only when it continues.
signal=QUIT
tries=0
while ended=$(servers) && [ -n "$ended" ]; do
  kill -s "$signal" $ended 2>/dev/null
  kill -s CONT $ended 2>/dev/null
  tries=$((tries + 1))
  [ "$tries" -lt 250 ] || signal=KILL
  [ "$tries" -lt 500 ] || { echo "These processes do not end:" $ended; exit 1; }
  sleep 0.02
done

# A postmaster that was killed leaves its shared memory, and the file that names it.
for pid_file in "$folder"/*/postmaster.pid; do
  [ -f "$pid_file" ] && ipcrm -m "$(awk 'NR == 7 { print $2 }' "$pid_file")" 2>/dev/null
done
rm -rf "$folder"
