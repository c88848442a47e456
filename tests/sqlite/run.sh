#!/bin/sh
# SPDX-License-Identifier: MIT
#
# SQLite's own tests through the sealing layer, beside the same tests without it.
#
#     tests/sqlite/run.sh SOURCE WORK TEST...     run these tests, compare, explain
#     tests/sqlite/run.sh SOURCE WORK speed       SQLite's speed test, seven rounds of each
#
# SOURCE is SQLite's source as its distribution unpacks it (Debian: apt-get source sqlite3); it is
# copied, and stays as it is. WORK is where all is built and run; a RAM disk is fast. TEST is the
# name of a file of SQLite's tests without its ending, such as wal2 or fts5aa. It needs a compiler,
# tclsh, the headers of Tcl and libsodium; LIMIT is the seconds a test may take (600).
#
# Not a part of `make check`: it takes hours, and its input is not ours.
#
# SQLite is changed for both sides, so that its tests run on what the layer is for: pages of 4,096
# bytes of which 40 are reserved, whatever a test asks for; new databases in WAL mode from their
# first transaction on; temporary files in memory; simulated disks that keep what is beside a write
# (powersafe overwrite), as the layer demands; random numbers that are the same on both sides. Tests
# that expect otherwise fail on both sides. Rollback journals, which a store never has, are not
# sealed. What differs, test by test, is looked up in the file "known", which says why; anything
# else is printed, and makes this fail.
set -e
here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
[ $# -ge 3 ] || { sed -n '4,7s/^# *//p' "$0" >&2; exit 2; }
source=$(cd "$1" && pwd)
mkdir -p "$2/results"
work=$(cd "$2" && pwd)
shift 2

change_sqlite() {
    sed -i 's/^      nReserve = 0;$/      nReserve = 40;/
        s/if( pageSize>=512 && pageSize<=SQLITE_MAX_PAGE_SIZE &&/if( pageSize==4096 \&\&/
        s/^  data\[1\([89]\)\] = 1;/  data[1\1] = sqlite3PagerFilename(pBt->pPager, 1)[0] ? 2 : 1;/' \
        src/btree.c
    sed -i 's/DEFAULT_PAGE_SIZE=1024/DEFAULT_PAGE_SIZE=4096/' Makefile.in
    sed -i '/case 3: {/,/default:/ {
            s/(int)(pWrite->iOffset\/g.iSectorSize)/0/
            s/(int)((pWrite->iOffset+pWrite->nBuf-1)\/g.iSectorSize)/0/
            s/i\*g.iSectorSize/pWrite->iOffset/
            s/g.iSectorSize/pWrite->nBuf/g
        }
        s/return g.iDeviceCharacteristics;/return g.iDeviceCharacteristics | 0x1000;/
        /TCLAPI crashEnableCmd/,/^}/ {
            s/sqlite3_vfs_find(0)/sqlite3_vfs_find("unix")/
            s/^ *sqlite3_vfs_register(&crashVfs, isDefault);/crashVfs.zName = sealed_disk("crash");\n&\nsealed_crash(\&crashVfs, isDefault);/
            s/^ *sqlite3_vfs_unregister(&crashVfs);/sealed_crash(0, 0);\n&/
        }
        /^static CrashGlobal g =/i const char *sealed_disk(const char*); void sealed_crash(sqlite3_vfs*, int);' \
        src/test6.c
    sed -i 's/return p->iDevchar;/return p->iDevchar | 0x1000;/' src/test_vfs.c
    sed -i 's/return g.iDeviceChar;/return g.iDeviceChar | 0x1000;/' src/test_devsym.c
    sed -i 's/psow=0/psow=1/; s/\(powersafe_overwrite db2*\) 0/\1 1/' test/*.test
    echo 'expr {srand(1)}' >>test/tester.tcl
}

layer=
compile() { # source, flags...
    file=$1
    shift
    ${CC:-cc} -O2 -D_GNU_SOURCE -I. -I"$top/src" "$@" -c "$top/$file.c"
    layer="$layer $PWD/$(basename "$file").o"
}

compile_layer() { # flags...
    layer=
    for file in store/vfs store/vfs_file store/cipher base/mem base/secret; do
        compile src/$file "$@"
    done
}

build() {
    cp -r "$source" "$work/source"
    cd "$work/source"
    change_sqlite
    mkdir "$work/build"
    cd "$work/build"
    ../source/configure --enable-fts5 --enable-fts3 --enable-rtree --enable-session \
        --disable-readline >configure.log 2>&1
    make sqlite3.c sqlite3.h >make.log 2>&1
    echo 'struct sqlite3_vfs *sealed_find(const char *name);' >find.h
    compile_layer -Dsqlite3_vfs_find=sealed_find -include find.h
    compile tests/sqlite/layer
    make testfixture USE_AMALGAMATION=1 TEMP_STORE=-DSQLITE_TEMP_STORE=3 \
        CFLAGS="-O1 -w -DSQLITE_EXTRA_INIT=sealed_start -DSQLITE_SECURE_DELETE" \
        TLIBS="-lm -ldl -lpthread -lz -lsodium $layer" >>make.log 2>&1
    mv testfixture tested
}

build_speed() {
    mkdir -p "$work/speed"
    cd "$work/speed"
    compile_layer
    compile tests/sqlite/speed
    ${CC:-cc} -O2 -w -Dmain=speedtest -c "$source/test/speedtest1.c" -o speedtest1.o
    ${CC:-cc} -o speed speedtest1.o $layer -lsqlite3 -lsodium -lm
}

total() { sed -n 's/^ *TOTAL\.* *\([0-9.]*\)s$/\1/p'; }

run_speed() {
    [ -x "$work/speed/speed" ] || build_speed
    cd "$work/speed"
    rm -f times.*
    for round in 1 2 3 4 5 6 7; do
        for side in plain sealed; do
            rm -f db db-*
            ./speed $side --size "${SIZE:-100}" db | total >>times.$side
        done
    done
    rm -f db db-*
    for side in plain sealed; do sort -n times.$side >sorted.$side; done
    paste sorted.plain sorted.sealed | awk '
        NR == 1 { printf "fastest: plain %s s, sealed %s s, %.2f times\n", $1, $2, $2 / $1 }
        NR == 4 { printf "median:  plain %s s, sealed %s s, %.2f times\n", $1, $2, $2 / $1 }'
}

# Both in a folder of one name, since some tests print it. The plain one may end at LIMIT; where
# the sealed one does and the plain one did not, that is a difference.
run_test() { # name, file
    cut=0
    for side in plain sealed; do
        rm -rf "$work/run"
        mkdir "$work/run"
        sealed=
        [ $side = plain ] || sealed=DISCERN_SEALED=1
        (cd "$work/run" && env $sealed timeout "${LIMIT:-600}" "$work/build/tested" "$2") \
            >"$work/results/$1.$side" 2>&1 || [ $? -ne 124 ] || [ $side = sealed ] || cut=1
        rm -rf "$work/run"
    done
}

compare() { # name
    LC_ALL=C awk -f "$here/compare.awk" -v file="$1" -v cut=$cut -v totals="$work/totals" \
        side=known "$here/known" side=plain "$work/results/$1.plain" \
        side=sealed "$work/results/$1.sealed" || failed=1
}

[ "$*" != speed ] || { run_speed; exit 0; }
[ -x "$work/build/tested" ] || (build)
rm -f "$work/totals"
failed=0
for name; do
    file=$(find "$work/source/test" "$work/source/ext" -name "$name.test" | head -n 1)
    [ "$file" ] || { echo "There is no test $name." >&2; exit 2; }
    run_test "$name" "$file"
    compare "$name"
done
awk '{ all += $1; differ += $2; unknown += $3 } END {
    printf "%d files: %d compared, %d alike, %d differ, of which %d are unexplained\n", NR, all,
        all - differ, differ, unknown }' "$work/totals"
exit $failed
