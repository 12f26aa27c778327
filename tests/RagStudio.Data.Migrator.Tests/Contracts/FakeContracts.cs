using RagStudio.Data.Testing;

namespace RagStudio.Data.Migrator.Tests.Contracts;

internal sealed class FakeStorageContract : StorageContract<FakeHarness>;

internal sealed class FakeExclusiveContract : ExclusiveContract<FakeHarness>;

internal sealed class FakeBackupContract : BackupContract<FakeHarness>;

internal sealed class FakeMigrateContract : MigrateContract<FakeHarness>;

internal sealed class FakeCodeContract : CodeContract<FakeHarness>;

internal sealed class FakeRevertContract : RevertContract<FakeHarness>;

internal sealed class FakeHistoryContract : HistoryContract<FakeHarness>;

internal sealed class FakeCheckContract : CheckContract<FakeHarness>;

internal sealed class FakeSchemaContract : SchemaContract<FakeHarness>;

internal sealed class FakeRecreateContract : RecreateContract<FakeHarness>;

internal sealed class FakeRestoreContract : RestoreContract<FakeHarness>;

internal sealed class FakeJournalContract : JournalContract<FakeHarness>;

internal sealed class FakeScratchContract : ScratchContract<FakeHarness>;
