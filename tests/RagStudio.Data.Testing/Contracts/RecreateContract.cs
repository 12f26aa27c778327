using NUnit.Framework;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Testing;

/// <summary>The guarantees of a provider that can recreate a schema from what it reads.</summary>
public abstract class RecreateContract<THarness> : ProviderContract<THarness>
    where THarness : IProviderHarness, new()
{
    [SetUp]
    public Task MigrateToTheCurrentRelease() => MigrateAsync(ContractRelease.Current);

    [Test]
    public async Task ReplayAsync_onto_a_schema_adds_what_the_migrations_make()
    {
        await using var session = await OpenAsync();
        var notes = await session.ReadSchemaAsync([Database(ContractRelease.Current)], WorkLimits.None);
        var other = Database(ContractRelease.Other);

        var both = await other.ReplayAsync(
            [.. other.Migrations.Select(migration => migration.Version)],
            null,
            notes,
            (_, _) => [],
            CancellationToken.None
        );
        var same = await other.ReplayAsync([], null, notes, (_, _) => [], CancellationToken.None);

        Assert.That(both.Tables.Select(table => table.Name), Is.EqualTo(new[] { "notes", "others" }));
        Assert.That(SchemaText(same), Is.EqualTo(SchemaText(notes)));
    }

    private static string SchemaText(DatabaseSchema schema) => System.Text.Json.JsonSerializer.Serialize(schema);
}
