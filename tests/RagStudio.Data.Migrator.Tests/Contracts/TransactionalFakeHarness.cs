namespace RagStudio.Data.Migrator.Tests.Contracts;

/// <summary>The same application on fake storages that undo a run by its transaction.</summary>
internal sealed class TransactionalFakeHarness() : FakeHarness(isTransactional: true);
