using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Contracts;

internal sealed class TransactionalFakeStorageContract : StorageContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeSharedContract : SharedContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeBackupContract : BackupContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeMigrateContract : MigrateContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeCodeContract : CodeContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeRevertContract : RevertContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeHistoryContract : HistoryContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeCheckContract : CheckContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeSchemaContract : SchemaContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeTransactionContract : TransactionContract<TransactionalFakeHarness>;

internal sealed class TransactionalFakeScratchContract : ScratchContract<TransactionalFakeHarness>;
