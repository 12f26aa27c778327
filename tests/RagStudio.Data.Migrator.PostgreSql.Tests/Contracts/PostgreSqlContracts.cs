namespace RagStudio.Data.Migrator.PostgreSql.Tests.Contracts;

public sealed class PostgreSqlStorageContract : StorageContract<PostgreSqlHarness>;

public sealed class PostgreSqlMigrateContract : MigrateContract<PostgreSqlHarness>;

public sealed class PostgreSqlCodeContract : CodeContract<PostgreSqlHarness>;

public sealed class PostgreSqlRevertContract : RevertContract<PostgreSqlHarness>;

public sealed class PostgreSqlHistoryContract : HistoryContract<PostgreSqlHarness>;

public sealed class PostgreSqlCheckContract : CheckContract<PostgreSqlHarness>;

public sealed class PostgreSqlSchemaContract : SchemaContract<PostgreSqlHarness>;

public sealed class PostgreSqlTransactionContract : TransactionContract<PostgreSqlHarness>;

public sealed class PostgreSqlSharedContract : SharedContract<PostgreSqlHarness>;

public sealed class PostgreSqlDamageContract : DamageContract<PostgreSqlHarness>;

public sealed class PostgreSqlBackupContract : BackupContract<PostgreSqlHarness>;

public sealed class PostgreSqlScratchContract : ScratchContract<PostgreSqlHarness>;
