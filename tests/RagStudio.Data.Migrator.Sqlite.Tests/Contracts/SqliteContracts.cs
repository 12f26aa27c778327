namespace RagStudio.Data.Migrator.Sqlite.Tests.Contracts;

public sealed class SqliteStorageContract : StorageContract<SqliteHarness>;

public sealed class SqliteExclusiveContract : ExclusiveContract<SqliteHarness>;

public sealed class SqliteBackupContract : BackupContract<SqliteHarness>;

public sealed class SqliteMigrateContract : MigrateContract<SqliteHarness>;

public sealed class SqliteCodeContract : CodeContract<SqliteHarness>;

public sealed class SqliteRevertContract : RevertContract<SqliteHarness>;

public sealed class SqliteHistoryContract : HistoryContract<SqliteHarness>;

public sealed class SqliteCheckContract : CheckContract<SqliteHarness>;

public sealed class SqliteSchemaContract : SchemaContract<SqliteHarness>;

public sealed class SqliteRestoreContract : RestoreContract<SqliteHarness>;

public sealed class SqliteScratchContract : ScratchContract<SqliteHarness>;

public sealed class SqliteRecreateContract : RecreateContract<SqliteHarness>;

public sealed class SqliteDamageContract : DamageContract<SqliteHarness>;
