using Microsoft.EntityFrameworkCore.Migrations;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Migrator.Tests;

/// <summary>A database of a fake storage.</summary>
internal sealed class FakeDatabase(string name, FakeStorage storage, params IReadOnlyList<FakeMigration> migrations)
    : IMigrationDatabase
{
    public string Name => name;

    public IDatabaseStorage Storage => storage;

    public IReadOnlyList<KnownMigration> Migrations { get; } =
    [
        .. migrations
            .OrderBy(migration => migration.Version, StringComparer.Ordinal)
            .Select(migration => new KnownMigration(
                migration.Version,
                migration.Type
                    ?? (migration.Down is null ? typeof(WithoutWayBack<>) : typeof(WithWayBack<>)).MakeGenericType(
                        MarkOf(migration.Version)
                    )
            )),
    ];

    public string SystemName => "fake";

    public string EFProvider => "Fake";

    public string NameOf(string? schema, string table) => schema is null ? table : $"{schema}.{table}";

    public string NameBeside(string table, string name) => table[..(table.LastIndexOf('.') + 1)] + name;

    public StringComparer Names => FakeContent.Names;

    public Task<DatabaseSchema> ReplayAsync(
        IReadOnlyList<string> versions,
        CompiledSteps? compiled,
        DatabaseSchema onto,
        Func<string, CodeMoment, IReadOnlyList<IMigrationCode>> codeFor,
        CancellationToken cancellationToken
    )
    {
        cancellationToken.ThrowIfCancellationRequested();
        storage.Calls.EnterReplay(Name);
        return Task.FromResult(
            FakeContent.SchemaOf(
                onto.Tables.Select(table => table.Name)
                    .Concat(migrations.Where(m => versions.Contains(m.Version)).Select(m => m.Creates).OfType<string>())
                    .Except(migrations.Where(m => versions.Contains(m.Version)).Select(m => m.Drops).OfType<string>())
            )
        );
    }

    public IMigrationDatabase InStorage(IDatabaseStorage storage) =>
        new FakeDatabase(name, (FakeStorage)storage, migrations);

    public IReadOnlyDictionary<string, string> Script(IReadOnlyList<string> versions) =>
        versions.ToDictionary(version => version, _ => "-- do");

    public CompiledMigrations? FindCompiled() => null;

    public CompiledMigrations Compile() => throw new NotSupportedException();

    public IEnumerable<(FakeMigration Migration, bool Reverts)> Steps(CompiledSteps steps) =>
        steps.Migrations.Select(step => (migrations.Single(one => one.Version == step.Version), steps.IsReverting));

    /// <summary>
    /// A type that gives migrations with different ids different operations, and so different checksums.
    /// </summary>
    private static Type MarkOf(string version)
    {
        var hash = version.Aggregate(0, (sum, letter) => (sum * 31 + letter) % 961);
        return typeof(object).MakeArrayType(1 + hash % 31).MakeArrayType(1 + hash / 31);
    }

    /// <summary>The class that the engine creates to find out if the migration can be reverted.</summary>
    [RemovesRows("rows")]
    private sealed class WithWayBack<TMark> : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"-- do {typeof(TMark)}");

        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("-- undo");
    }

    private sealed class WithoutWayBack<TMark> : Migration
    {
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql($"-- do {typeof(TMark)}");
    }
}
