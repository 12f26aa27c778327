using NUnit.Framework;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>
/// The guarantees for schemas: as they are, as migrations create them, and what is stored about them.
/// </summary>
public abstract class SchemaContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    private static readonly DatabaseCache One = new() { Schema = new("applied", "schema") };
    private static readonly DatabaseCache Two = new() { Schema = new("more applied", "another schema") };

    private static readonly string[] AllVersions =
    [
        ContractVersion.CreateNotes,
        ContractVersion.AddGreeting,
        ContractVersion.AddFarewell,
    ];

    [SetUp]
    public Task MigrateToTheCurrentRelease() => MigrateAsync(ContractRelease.Current);

    [Test]
    public async Task ReadSchemaAsync_tells_the_tables_of_every_database_and_none_of_the_migrators_own()
    {
        await MigrateAsync(ContractRelease.Other, new RecordingObserver("others"));
        await using var session = await OpenAsync();
        await session.AppendAsync(Database(ContractRelease.Current), new RecordingObserver().Describe(Step));
        await session.WriteCacheAsync(Database(ContractRelease.Current), One);

        var schema = await ReadSchemaAsync(session, ContractRelease.Current, ContractRelease.Other);
        Assert.That(schema.Names, Is.EqualTo(Database(ContractRelease.Current).Names));

        Assert.That(schema.Tables.Select(table => table.Name), Is.EqualTo(new[] { "notes", "others" }));
        Assert.That(schema.Find("NOTES") is not null, Is.EqualTo(schema.Names.Equals("notes", "NOTES")));
    }

    [Test]
    public async Task ReplayAsync_gives_the_schema_that_the_storage_has()
    {
        await using var session = await OpenAsync();
        var expected = await ReplayAsync(ContractRelease.Current, AllVersions);

        var actual = await ReadSchemaAsync(session, ContractRelease.Current);

        Assert.That(Text(actual), Is.EqualTo(Text(expected)));
        Assert.That(expected.Tables, Is.Not.Empty);
    }

    [Test]
    public async Task ReplayAsync_can_leave_out_a_migration_and_touches_no_storage()
    {
        var place = Harness.Database(ContractRelease.Current, "elsewhere");

        var schema = await place.ReplayAsync(
            [ContractVersion.CreateNotes, ContractVersion.AddFarewell],
            null,
            DatabaseSchema.Empty,
            (_, _) => [],
            CancellationToken.None
        );

        Assert.That(schema.Tables.Select(table => table.Name), Is.EqualTo(new[] { "notes" }));
        Assert.That(await place.Storage.ExistsAsync(default), Is.False);
    }

    [Test]
    public async Task ReplayAsync_of_nothing_is_empty()
    {
        var schema = await ReplayAsync(ContractRelease.Current, []);

        Assert.That(schema.Tables, Is.Empty);
        Assert.That(schema.Views, Is.Empty);
    }

    [Test]
    public void ReplayAsync_ends_when_its_token_is_cancelled()
    {
        Assert.CatchAsync<OperationCanceledException>(() =>
            Database(ContractRelease.Current)
                .ReplayAsync(AllVersions, null, DatabaseSchema.Empty, (_, _) => [], Cancelled)
        );
    }

    [Test]
    public void Script_has_a_text_for_each_migration()
    {
        var scripts = Database(ContractRelease.Current).Script(AllVersions);

        Assert.That(scripts.Keys, Is.EquivalentTo(AllVersions));
        Assert.That(scripts.Values, Is.All.Not.Empty);
    }

    [Test]
    public async Task A_fingerprint_is_what_was_last_written_for_its_database()
    {
        var (notes, others) = (Database(ContractRelease.Current), Database(ContractRelease.Other));
        await using (var session = await OpenAsync())
        {
            Assert.That((await session.ReadAsync(notes, default)).Cache.Schema, Is.Null);
            await session.WriteCacheAsync(notes, One);
            await session.WriteCacheAsync(notes, Two);
            Assert.That((await session.ReadAsync(others, default)).Cache.Schema, Is.Null);
            await session.WriteCacheAsync(others, One);
        }

        await using var reader = await notes.Storage.OpenReaderAsync(default);

        Assert.That((await reader!.ReadAsync(notes, default)).Cache, Is.EqualTo(Two));
        Assert.That((await reader.ReadAsync(others, default)).Cache, Is.EqualTo(One));
    }

    [Test]
    public async Task A_program_stamp_is_what_was_last_written_for_its_database()
    {
        var (notes, others) = (Database(ContractRelease.Current), Database(ContractRelease.Other));
        await using (var session = await OpenAsync())
        {
            await session.WriteCacheAsync(notes, new DatabaseCache { ProgramStamp = "one" });
            await session.WriteCacheAsync(notes, new DatabaseCache { ProgramStamp = "two" });
        }

        var state = await notes.Storage.ReadAsync(notes, historyLimit: 0, default);
        var other = await notes.Storage.ReadAsync(others, historyLimit: 0, default);

        Assert.That(state.Cache.ProgramStamp, Is.EqualTo("two"));
        Assert.That(other.Cache.ProgramStamp, Is.Null);
    }

    [Test]
    public async Task WriteCacheAsync_leaves_what_it_is_not_given()
    {
        var notes = Database(ContractRelease.Current);
        await using (var session = await OpenAsync())
        {
            await session.WriteCacheAsync(notes, One);
            await session.WriteCacheAsync(notes, new DatabaseCache { ProgramStamp = "stamp" });
            await session.WriteCacheAsync(notes, Two);
        }

        var state = await notes.Storage.ReadAsync(notes, historyLimit: 0, default);

        Assert.That(state.Cache, Is.EqualTo(Two with { ProgramStamp = "stamp" }));
    }

    private static MigrationStep Step =>
        new(ContractVersion.AddGreeting, MigrationKind.Data, TimeSpan.Zero, "checksum", null);

    private Task<DatabaseSchema> ReplayAsync(ContractRelease release, IReadOnlyList<string> applied) =>
        Database(release).ReplayAsync(applied, null, DatabaseSchema.Empty, (_, _) => [], CancellationToken.None);

    private Task<DatabaseSchema> ReadSchemaAsync(IStorageReader reader, params ContractRelease[] releases) =>
        reader.ReadSchemaAsync([.. releases.Select(Database)], WorkLimits.None);

    private static string Text(DatabaseSchema schema) => System.Text.Json.JsonSerializer.Serialize(schema);
}
