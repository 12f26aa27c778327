using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests.Rules;

[TestFixture(false)]
[TestFixture(true)]
public sealed class DamageTests(bool singleDatabase)
{
    private RuledDatabases _databases = null!;

    [SetUp]
    public async Task Fill()
    {
        _databases = new RuledDatabases(singleDatabase);
        await _databases.MigrateAsync();
        HealthyRows.Fill(_databases);
    }

    [TearDown]
    public void Delete() => _databases.Dispose();

    [Test]
    public async Task A_gap_in_a_stream_is_named_once()
    {
        DamageEvents("DELETE FROM events WHERE aggregate_id = 'p 1' AND sequence_number = 2");

        await ExpectAsync(
            "events",
            ValidationErrorKind.SequenceGap,
            "events",
            "8",
            "of aggregate_id 'p 1', aggregate_type 'pipeline': row 8 of 'events' has sequence_number 3, and 2 is not there"
        );
    }

    [Test]
    public async Task A_wrong_start_of_a_stream_is_named_once()
    {
        DamageEvents("DELETE FROM events WHERE aggregate_id = 'p 1' AND sequence_number = 1");

        await ExpectAsync(
            "events",
            ValidationErrorKind.SequenceGap,
            "events",
            "7",
            "of aggregate_id 'p 1', aggregate_type 'pipeline': row 7 of 'events' is the first and has sequence_number 2 instead of 1"
        );
    }

    [Test]
    public async Task A_duplicate_in_a_stream_is_named_once_where_the_index_that_refuses_it_is_gone()
    {
        DamageEvents("DROP INDEX IX_events_aggregate_id_aggregate_type_sequence_number");
        HealthyRows.Append(_databases.Events, "id 1", 3, "again", "{}");

        var found = (await _databases.FindAsync()).Where(f => f.Error.Kind == ValidationErrorKind.SequenceGap);

        Assert.That(
            found.Select(f => (f.Error.Id, f.Error.Detail)),
            Is.EqualTo(
                new[]
                {
                    (
                        "9",
                        "of aggregate_id 'id 1', aggregate_type 'knowledge_base': row 9 of 'events' repeats sequence_number 3"
                    ),
                }
            )
        );
    }

    [TestCase("event_id", "'other'")]
    [TestCase("event_type", "'other'")]
    [TestCase("event_data", "'{}'")]
    [TestCase("metadata", "NULL")]
    [TestCase("metadata", "''")]
    [TestCase("trace_id", "''")]
    [TestCase("user_id", "NULL")]
    [TestCase("timestamp", "'2026-01-02T01:04:07.1230001Z'")]
    [TestCase("timestamp", "'no time'")]
    [TestCase("checksum", "substr(checksum, 2) || '0'")]
    [TestCase("checksum", "'x' || substr(checksum, 2)")]
    [TestCase("checksum", "substr(checksum, 2)")]
    [TestCase("checksum", "''")]
    public async Task An_edited_event_is_named_once(string column, string value)
    {
        DamageEvents($"UPDATE events SET {column} = {value} WHERE id = 2");
        var eventId = _databases.Events.Scalar<string>("SELECT event_id FROM events WHERE id = 2");

        var found = (await _databases.FindAsync()).Where(f => f.Error.Kind != ValidationErrorKind.InvalidJson);

        Assert.That(
            found,
            Is.EqualTo(
                new[]
                {
                    (
                        "events",
                        new ValidationError(
                            ValidationErrorKind.ChecksumMismatch,
                            "events",
                            "2",
                            $"event {eventId} (row 2 of 'events') is not what its checksum was computed over"
                        )
                    ),
                }
            )
        );
    }

    [Test]
    public async Task Edited_events_are_counted_all_and_named_in_their_order_however_many_and_however_large()
    {
        await _databases
            .Service<EventStore>()
            .AppendAsync(
                new StreamId("knowledge_base", "long"),
                [
                    .. Enumerable
                        .Range(1, 3000)
                        .Select(i => new NewEvent("ran", i % 700 == 0 ? $"\"{new string('x', 1_000_000)}\"" : $"{i}")),
                ]
            );
        DamageEvents("UPDATE events SET user_id = 'nobody' WHERE aggregate_id = 'long' AND sequence_number % 100 = 0");

        var report = (await _databases.Validator.ValidateAsync()).Reports.Single(r => r.ErrorCount > 0);

        Assert.Multiple(() =>
        {
            Assert.That(report.ErrorCount, Is.EqualTo(30));
            Assert.That(
                report.Errors.Select(error => error.Id),
                Is.EqualTo(Enumerable.Range(1, 20).Select(i => $"{8 + (i * 100)}"))
            );
        });
    }

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
        RuledDatabases.Damage(_databases.AppMeta, $"UPDATE {table} SET \"{column}\" = '{{' WHERE id = 'id 2'");

        await ExpectAsync(
            "app_meta",
            ValidationErrorKind.InvalidJson,
            table,
            "id 2",
            $"row id 2 of '{table}' holds text in {column} that is no JSON"
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

        var found = await _databases.FindAsync();

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
                            $"row {id} of '{table}' holds text in {column} that is no JSON"
                        )
                    ),
                }
            )
        );
    }

    [Test]
    public async Task A_snapshot_that_no_event_has_reached_is_named_once()
    {
        DamageEvents("UPDATE aggregate_snapshots SET sequence_number = 4");

        await ExpectAsync(
            "events",
            ValidationErrorKind.OrphanedRecord,
            "aggregate_snapshots",
            "id 1/knowledge_base",
            "the snapshot of knowledge_base/id 1 is of sequence_number 4, which no event of it has reached"
        );
    }

    [Test]
    public async Task A_deleted_parent_is_named_by_each_row_that_refers_to_it()
    {
        RuledDatabases.Damage(_databases.AppMeta, "DELETE FROM pipelines WHERE id = 'id 1'");

        var found = await _databases.FindAsync();

        Assert.That(
            found.Select(f => (f.Database, f.Error.Kind, f.Error.Table, f.Error.Id)),
            Is.EquivalentTo(
                new (string, ValidationErrorKind, string?, string?)[]
                {
                    ("app_meta", ValidationErrorKind.OrphanedRecord, "pipeline_runs", "id 1"),
                    ("app_meta", ValidationErrorKind.OrphanedRecord, "schedules", "id 1"),
                }
            )
        );
    }

    [Test]
    public async Task Events_that_name_a_knowledge_base_which_is_not_there_are_counted_all_and_named_20_times()
    {
        for (var i = 1; i <= 33; i++)
        {
            HealthyRows.Append(_databases.Events, "many", i, "ran", """{"x":{"kb_id":"id 1"},"kb_id":"nobody"}""");
        }

        var report = (await _databases.Validator.ValidateAsync()).Reports.Single(r => r.ErrorCount > 0);

        var eventId = _databases.Events.Scalar<string>("SELECT event_id FROM events WHERE id = 9");
        Assert.Multiple(() =>
        {
            Assert.That(report.Database, Is.EqualTo("app_meta+events"));
            Assert.That(report.ErrorCount, Is.EqualTo(33));
            Assert.That(report.Errors, Has.Count.EqualTo(20));
            Assert.That(
                report.Errors[0],
                Is.EqualTo(
                    new ValidationError(
                        ValidationErrorKind.CrossDatabaseConstraintViolation,
                        "events",
                        "9",
                        $"event {eventId} (row 9 of 'events') names the knowledge base 'nobody', which is not there"
                    )
                )
            );
        });
    }

    [TestCase("knowledge_base.deleted")]
    [TestCase("KnowledgeBaseDeleted")]
    [TestCase("kb_deleted")]
    public async Task Events_up_to_the_one_that_deletes_a_knowledge_base_may_name_it_and_no_others(string type)
    {
        HealthyRows.Append(_databases.Events, "w", 1, "noted", """{"kb_id":"left"}""", aggregateType: "workspace");
        HealthyRows.Append(_databases.Events, "w", 2, type, """{"kb_id":"left"}""", aggregateType: "workspace");
        var after = HealthyRows.Append(
            _databases.Events,
            "w",
            3,
            "noted",
            """{"kb_id":"left"}""",
            aggregateType: "workspace"
        );
        var other = HealthyRows.Append(
            _databases.Events,
            "w",
            4,
            "noted",
            """{"kb_id":"another"}""",
            aggregateType: "workspace"
        );
        var type2 = HealthyRows.Append(
            _databases.Events,
            "w",
            1,
            "noted",
            """{"kb_id":"left"}""",
            aggregateType: "desk"
        );
        HealthyRows.Append(_databases.Events, "own", 1, "noted", """{"kb_id":"own"}""");
        HealthyRows.Append(_databases.Events, "own", 2, type, "{}");

        var found = await _databases.FindAsync();

        Assert.That(found.Select(f => f.Error.Detail.Split(' ')[1]), Is.EqualTo(new[] { after, other, type2 }));
    }

    [Test]
    public async Task A_deleted_knowledge_base_is_named_by_the_events_of_a_log_that_does_not_say_so()
    {
        RuledDatabases.Damage(_databases.AppMeta, "DELETE FROM knowledge_bases WHERE id = 'id 1'");

        var found = (await _databases.FindAsync()).Where(f => f.Database == "app_meta+events").ToArray();

        Assert.That(found.Select(f => f.Error.Id), Is.EqualTo(new[] { "1", "2" }));
    }

    private void DamageEvents(string sql) => RuledDatabases.Damage(_databases.Events, sql);

    private async Task ExpectAsync(string database, ValidationErrorKind kind, string table, string id, string detail)
    {
        var summary = await _databases.Validator.ValidateAsync();
        Assert.Multiple(() =>
        {
            Assert.That(
                summary.Reports.SelectMany(report => report.Errors.Select(error => (report.Database, error))),
                Is.EqualTo(new[] { (database, new ValidationError(kind, table, id, detail)) })
            );
            Assert.That(summary.Reports.Sum(report => report.ErrorCount), Is.EqualTo(1));
        });
    }
}
