using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests.Rules;

[TestFixture(false)]
[TestFixture(true)]
public sealed class JsonDamageTests(bool singleDatabase) : DamageTest(singleDatabase)
{
    [TestCase("knowledge_bases", "metadata")]
    [TestCase("documents", "metadata")]
    [TestCase("document_chunks", "metadata")]
    [TestCase("pipelines", "config")]
    [TestCase("pipeline_runs", "metrics")]
    [TestCase("pipeline_runs", "artifacts")]
    [TestCase("tools", "config")]
    [TestCase("tools", "schema")]
    [TestCase("flows", "definition")]
    public async Task Text_that_is_no_JSON_is_named_once(string table, string column)
    {
        RuledDatabases.Damage(Databases.AppMeta, $"UPDATE {table} SET \"{column}\" = '{{' WHERE id = 'id 2'");

        await ExpectAsync(
            "app_meta",
            ValidationErrorKind.InvalidJson,
            table,
            "id 2",
            $"row id 2 of '{table}' has invalid JSON in {column}"
        );
    }

    [TestCase("events", "event_data", "1", 2)]
    [TestCase("events", "metadata", "1", 2)]
    [TestCase("aggregate_snapshots", "snapshot_data", "id 1/knowledge_base", 1)]
    public async Task Text_of_the_log_that_is_no_JSON_is_named_once(string table, string column, string id, int errors)
    {
        DamageEvents(
            $"UPDATE {table} SET \"{column}\" = '{{\"kb_id\":\"nobody\"' WHERE aggregate_id = 'id 1' AND sequence_number < 3 AND rowid = 1"
        );

        var found = await Databases.FindAsync();

        Assert.That(found, Has.Count.EqualTo(errors), "an edited event fails its checksum too");
        Assert.That(
            found.Where(f => f.Error.Kind == ValidationErrorKind.InvalidJson),
            Is.EqualTo(
                new[]
                {
                    (
                        "events",
                        new ValidationError(
                            ValidationErrorKind.InvalidJson,
                            table,
                            id,
                            $"row {id} of '{table}' has invalid JSON in {column}"
                        )
                    ),
                }
            )
        );
    }
}
