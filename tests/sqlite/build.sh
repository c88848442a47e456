set -e
S=/tmp/sq/sqlite3-3.40.1; T=/tmp/w-sqlite; W=/tmp/sq/suite
rm -rf $W; mkdir -p $W; cp -r $S $W/src; mkdir $W/build
cd $W/src
sed -i 's/^      nReserve = 0;$/      nReserve = 40;/
s/if( pageSize>=512 && pageSize<=SQLITE_MAX_PAGE_SIZE &&/if( pageSize==4096 \&\&/
s/^  data\[1\([89]\)\] = 1;/  data[1\1] = sqlite3PagerFilename(pBt->pPager, 1)[0] ? 2 : 1;/' src/btree.c
sed -i '/case 3: {/,/default:/{
s/(int)(pWrite->iOffset\/g.iSectorSize)/0/
s/(int)((pWrite->iOffset+pWrite->nBuf-1)\/g.iSectorSize)/0/
s/i\*g.iSectorSize/pWrite->iOffset/
s/g.iSectorSize/pWrite->nBuf/g
}
s/return g.iDeviceCharacteristics;/return g.iDeviceCharacteristics | SQLITE_IOCAP_POWERSAFE_OVERWRITE;/
/static int SQLITE_TCLAPI crashEnableCmd/,/^}/{
s/sqlite3_vfs_find(0)/sqlite3_vfs_find("unix")/
s/^    sqlite3_vfs_register(&crashVfs, isDefault);/    crashVfs.zName = sealed_disk("crash");\n&\n    sealed_crash(\&crashVfs, isDefault);/
s/^    sqlite3_vfs_unregister(&crashVfs);/    sealed_crash(0, 0);\n&/
}
/^static CrashGlobal g =/i const char *sealed_disk(const char*); void sealed_crash(sqlite3_vfs*, int);
' src/test6.c
cd $W/build
../src/configure --enable-fts5 --enable-fts3 --enable-rtree --enable-session --disable-readline >conf.log 2>&1
export CFLAGS="-O2 -w"
DEB="-DSQLITE_SECURE_DELETE -DSQLITE_ENABLE_COLUMN_METADATA -DSQLITE_ENABLE_FTS3_PARENTHESIS -DSQLITE_SOUNDEX=1 -DSQLITE_ENABLE_UNLOCK_NOTIFY -DSQLITE_ENABLE_DBSTAT_VTAB -DSQLITE_ALLOW_ROWID_IN_VIEW -DSQLITE_ENABLE_UPDATE_DELETE_LIMIT=1 -DSQLITE_ENABLE_LOAD_EXTENSION -DSQLITE_LIKE_DOESNT_MATCH_BLOBS -DSQLITE_USE_URI=1 -DSQLITE_MAX_SCHEMA_RETRY=25 -DSQLITE_ENABLE_PREUPDATE_HOOK -DSQLITE_ENABLE_FTS3_TOKENIZER=1"
make sqlite3.c sqlite3.h >mk.log 2>&1
for f in store/vfs store/vfs_file store/cipher base/mem base/secret; do
  gcc -O2 -D_GNU_SOURCE -I. -I$T/src -Dsqlite3_vfs_find=sealed_find -Wno-implicit-function-declaration -c $T/src/$f.c -o $(basename $f).o
done
gcc -O2 -D_GNU_SOURCE -I. -I$T/src -c $T/tests/sqlite/layer.c -o layer.o
make testfixture USE_AMALGAMATION=1 TEMP_STORE=-DSQLITE_TEMP_STORE=3 CFLAGS="-O2 -w -DSQLITE_EXTRA_INIT=sealed_start -UDSQLITE_DEFAULT_PAGE_SIZE $DEB" TLIBS="-lm -ldl -lpthread -lz -lsodium vfs.o vfs_file.o cipher.o mem.o secret.o layer.o" >fix.log 2>&1 || tail -20 fix.log
ls -la testfixture
