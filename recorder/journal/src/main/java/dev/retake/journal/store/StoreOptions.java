package dev.retake.journal.store;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksObject;
import org.rocksdb.UInt64AddOperator;
import org.rocksdb.WALRecoveryMode;

/**
 * How RocksDB is set up: for a sidecar, so for little memory and few threads, and for values that are compressed and sealed
 * already.
 */
final class StoreOptions implements AutoCloseable {
    private static final long MIB = 1 << 20;
    private static final int BLOB_BYTES = 256;

    private final List<RocksObject> owned = new ArrayList<>();
    private final Cache cache = own(new LRUCache(8 * MIB));
    private final BloomFilter bloom = own(new BloomFilter(10));
    private final UInt64AddOperator add = own(new UInt64AddOperator());

    /** For the process that writes. */
    DBOptions writing() {
        return common().setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setMaxBackgroundJobs(2)
                .setMaxTotalWalSize(32 * MIB)
                .setMaxOpenFiles(256)
                .setBytesPerSync(MIB)
                .setMaxLogFileSize(MIB)
                .setKeepLogFileNum(2);
    }

    /** For a process that reads beside it, or after it. */
    DBOptions reading() {
        // Files must stay open: the writer may delete one that this process still reads.
        return common().setMaxOpenFiles(-1).setKeepLogFileNum(1);
    }

    private DBOptions common() {
        return own(new DBOptions())
                // Every batch stands on its own (counters are additions), so one that is damaged costs no other.
                .setWalRecoveryMode(WALRecoveryMode.SkipAnyCorruptedRecords)
                .setInfoLogLevel(InfoLogLevel.ERROR_LEVEL)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    ColumnFamilyOptions family(String name) {
        ColumnFamilyOptions options = own(new ColumnFamilyOptions())
                .setCompressionType(CompressionType.NO_COMPRESSION)
                .setMergeOperator(add)
                .setTableFormatConfig(new BlockBasedTableConfig()
                        .setBlockCache(cache)
                        .setCacheIndexAndFilterBlocks(true)
                        .setFilterPolicy(bloom)
                        .setWholeKeyFiltering(true));
        if (name.equals("records")) {
            // Values beside the tree: they are written once, and compaction moves keys only.
            return options.setWriteBufferSize(8 * MIB)
                    .setMaxWriteBufferNumber(3)
                    .setEnableBlobFiles(true)
                    .setMinBlobSize(BLOB_BYTES)
                    .setBlobFileSize(64 * MIB)
                    .setBlobCompressionType(CompressionType.NO_COMPRESSION);
        }
        return options.setWriteBufferSize(2 * MIB).setMaxWriteBufferNumber(2);
    }

    private <T extends RocksObject> T own(T object) {
        owned.add(object);
        return object;
    }

    @Override
    public void close() {
        for (int i = owned.size() - 1; i >= 0; i--) {
            owned.get(i).close();
        }
    }
}
