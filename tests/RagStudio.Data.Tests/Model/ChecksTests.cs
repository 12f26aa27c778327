using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Tests;

public sealed class ChecksTests
{
    private const int ConstraintCheck = 275;

    private UnmigratedDatabases _databases = null!;

    [SetUp]
    public async Task Migrate()
    {
        _databases = new UnmigratedDatabases(singleDatabase: true);
        await using var appMeta = _databases.OpenAppMeta();
        await appMeta.Database.MigrateAsync();
        await using var events = _databases.OpenEvents();
        await events.Database.MigrateAsync();
        SampleRows.Fill(appMeta);
        SampleRows.Fill(events);
    }

    [TearDown]
    public void Delete() => _databases.Dispose();

    [TestCase("knowledge_bases", "metadata")]
    [TestCase("documents", "metadata")]
    [TestCase("document_chunks", "metadata")]
    [TestCase("pipelines", "config")]
    [TestCase("pipeline_runs", "metrics")]
    [TestCase("pipeline_runs", "artifacts")]
    [TestCase("tools", "config")]
    [TestCase("tools", "schema")]
    [TestCase("flows", "definition")]
    [TestCase("events", "event_data")]
    [TestCase("events", "metadata")]
    [TestCase("aggregate_snapshots", "snapshot_data")]
    public void A_JSON_column_refuses_other_text(string table, string column) =>
        AssertRefuses(table, column, "{unquoted: 1}");

    [TestCase("knowledge_bases", "active,inactive,building,error")]
    [TestCase("pipelines", "active,inactive,draft")]
    [TestCase("pipeline_runs", "pending,running,completed,failed,cancelled")]
    public void A_status_is_one_of_the_words_of_its_table(string table, string words)
    {
        AssertRefuses(table, "status", "paused");
        AssertRefuses(table, "status", "Active");
        using var context = _databases.OpenAppMeta();
        Assert.That(
            () => words.Split(',').ToList().ForEach(word => Update(context, table, "status", word)),
            Throws.Nothing
        );
    }

    [TestCase("knowledge_bases", "metadata")]
    [TestCase("pipeline_runs", "metrics")]
    [TestCase("events", "metadata")]
    public void A_JSON_column_that_may_be_null_takes_null(string table, string column)
    {
        using var context = _databases.OpenAppMeta();

        Assert.That(() => Update(context, table, column, null), Throws.Nothing);
    }

    [Test]
    public void A_pipeline_with_runs_or_schedules_cannot_be_deleted()
    {
        using var context = _databases.OpenAppMeta();

        Assert.That(
            () => context.Pipelines.ExecuteDelete(),
            Throws.InstanceOf<RowRefusedException>().With.Property("Reason").EqualTo(RowRefusal.ForeignKey)
        );
        Assert.That(context.Pipelines.Count(), Is.EqualTo(2));
    }

    [Test]
    public void A_knowledge_base_takes_its_documents_and_chunks_along_when_it_goes()
    {
        using var context = _databases.OpenAppMeta();
        context.PipelineRuns.ExecuteDelete();

        context.KnowledgeBases.Where(row => row.Id == "id 1").ExecuteDelete();

        Assert.That(context.Documents.Select(row => row.Id), Is.EqualTo(new[] { "id 2" }));
        Assert.That(context.DocumentChunks.Select(row => row.Id), Is.EqualTo(new[] { "id 2" }));
    }

    private void AssertRefuses(string table, string column, string value)
    {
        using var context = _databases.OpenAppMeta();
        var before = context.Texts($"SELECT \"{column}\" FROM \"{table}\"");

        Assert.That(
            () => Update(context, table, column, value),
            Throws.InstanceOf<SqliteException>().With.Property("SqliteExtendedErrorCode").EqualTo(ConstraintCheck)
        );
        Assert.That(context.Texts($"SELECT \"{column}\" FROM \"{table}\""), Is.EqualTo(before));
    }

    private static void Update(AppMetaContext context, string table, string column, string? value) =>
        context.Execute($"UPDATE \"{table}\" SET \"{column}\" = @p0", value);
}
