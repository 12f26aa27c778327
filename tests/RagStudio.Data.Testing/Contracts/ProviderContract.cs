using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>
/// The guarantees that the engine relies on in every provider. A provider's tests derive a class from each contract,
/// with the provider's harness.
/// </summary>
/// <typeparam name="THarness">The provider's harness, new for each test.</typeparam>
public abstract class ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    /// <summary>Long enough that a test which waits for it fails by its own timeout.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Ends a test that nothing else has ended.</summary>
    protected static readonly TimeSpan LastResort = TimeSpan.FromMinutes(1);

    protected static readonly TimeSpan ShortTime = TimeSpan.FromMilliseconds(200);

    protected THarness Harness { get; private set; } = default!;

    [SetUp]
    public void CreateHarness() => Harness = new THarness();

    [TearDown]
    public void DisposeHarness() => Harness.Dispose();

    protected static CancellationToken Cancelled => new(canceled: true);

    protected IMigrationDatabase Database(ContractRelease release) => Harness.Database(release);

    protected Task<IStorageSession> OpenAsync() => OpenAsync(Database(ContractRelease.Current).Storage);

    protected static Task<IStorageSession> OpenAsync(IDatabaseStorage storage) =>
        storage.OpenAsync(new RunIdentity("run", RunActivity.Migrate), TimeSpan.Zero, CancellationToken.None);

    /// <summary>Migrates in a new session.</summary>
    protected async Task MigrateAsync(
        ContractRelease release,
        RecordingObserver? observer = null,
        MigrationTarget target = default,
        string? upTo = null,
        CancellationToken cancellationToken = default
    )
    {
        var database = Database(release);
        await using var session = await OpenAsync(database.Storage);
        await MigrateAsync(database, session, observer, target, upTo, cancellationToken);
    }

    protected static async Task MigrateAsync(
        IMigrationDatabase database,
        IStorageSession session,
        RecordingObserver? observer = null,
        MigrationTarget target = default,
        string? upTo = null,
        CancellationToken cancellationToken = default
    )
    {
        var steps = await StepsToAsync(target, upTo, database, session);
        await session.MigrateAsync(database, steps, observer ?? new RecordingObserver(), cancellationToken);
    }

    /// <summary>What leads there, as a plan has it.</summary>
    private static async Task<CompiledSteps> StepsToAsync(
        MigrationTarget target,
        string? upTo,
        IMigrationDatabase database,
        IStorageSession session
    )
    {
        var applied = (await session.ReadAsync(database, CancellationToken.None)).Applied;
        var versions = database.Migrations.Select(migration => migration.Version);
        return CompiledSteps.Uncompiled(
            target.IsReverting
                ? versions.Intersect(applied).Where(version => IsAfter(version, target.Version!)).Reverse()
                : versions.Except(applied).Where(version => upTo is null || !IsAfter(version, upTo)),
            target
        );

        static bool IsAfter(string version, string other) => string.CompareOrdinal(version, other) > 0;
    }

    protected Task<DatabaseState> ReadAsync(int historyLimit = 100)
    {
        var database = Database(ContractRelease.Current);
        return database.Storage.ReadAsync(database, historyLimit, CancellationToken.None);
    }

    /// <summary>The lines as the engine supplied them, without the ids that the storage assigns.</summary>
    protected static IEnumerable<MigrationRecord> WithoutIds(IEnumerable<MigrationRecord> records) =>
        records.Select(record => record with { Id = 0 });
}
