using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

/// <summary>Compares the tables that the migrations create with the domain's list, column by column.</summary>
public sealed class SchemaTests
{
    private UnmigratedDatabases _databases = null!;

    [OneTimeSetUp]
    public async Task Migrate()
    {
        _databases = new UnmigratedDatabases(singleDatabase: true);
        await using var appMeta = _databases.OpenAppMeta();
        await appMeta.Database.MigrateAsync();
        await using var events = _databases.OpenEvents();
        await events.Database.MigrateAsync();
    }

    [OneTimeTearDown]
    public void Delete() => _databases.Dispose();

    [TestCaseSource(typeof(DomainTables), nameof(DomainTables.AppMeta))]
    public void AppMeta_has_the_table_of_the_domain(string table, string[] expected)
    {
        using var context = _databases.OpenAppMeta();

        Assert.That(RenderedTable.Of(context, table), Is.EqualTo(expected));
    }

    [TestCaseSource(typeof(DomainTables), nameof(DomainTables.Events))]
    public void Events_has_the_table_of_the_domain(string table, string[] expected)
    {
        using var context = _databases.OpenEvents();

        Assert.That(RenderedTable.Of(context, table), Is.EqualTo(expected));
    }

    [Test]
    public void The_contexts_have_no_other_table()
    {
        using var appMeta = _databases.OpenAppMeta();
        using var events = _databases.OpenEvents();
        var expected = DomainTables.AppMeta.Concat(DomainTables.Events).Select(table => table.Arguments[0]);

        Assert.That(
            appMeta.Texts("SELECT name FROM sqlite_master WHERE type = 'table'").Where(IsOurs),
            Is.EquivalentTo(expected.Concat(SearchIndex))
        );
        Assert.That(appMeta.Tables().Concat(events.Tables()), Is.EquivalentTo(expected));
    }

    [Test]
    public void Only_the_event_log_never_gives_an_id_twice()
    {
        using var context = _databases.OpenAppMeta();

        Assert.That(
            context.Texts("SELECT name FROM sqlite_master WHERE sql LIKE '%AUTOINCREMENT%'").Where(IsOurs),
            Is.EqualTo(new[] { "events" })
        );
    }

    /// <summary>Derived from the chunks by triggers, and in no model.</summary>
    private static readonly string[] SearchIndex =
    [
        "chunk_search_rows",
        "chunk_search",
        "chunk_search_data",
        "chunk_search_idx",
        "chunk_search_docsize",
        "chunk_search_config",
    ];

    private static bool IsOurs(string table) =>
        !table.StartsWith("__EF") && !table.StartsWith("__migrator_") && !table.StartsWith("sqlite_");
}
