using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests.Rules;

[TestFixture(false)]
[TestFixture(true)]
public sealed class DamageTests(bool singleDatabase) : DamageTest(singleDatabase)
{
    [TestCase("DELETE FROM chunk_search WHERE rowid = 1", "the search index lacks the chunk {0}")]
    [TestCase("DELETE FROM chunk_search_rows WHERE id = 1", "the search index lacks the chunk {0}")]
    [TestCase(
        "INSERT INTO chunk_search (rowid, content) VALUES (99, 'x')",
        "row 99 of the search index belongs to no chunk"
    )]
    public async Task A_search_index_out_of_step_with_the_chunks_is_named(string damage, string detail)
    {
        var indexed = Databases.AppMeta.Texts("SELECT chunk_id FROM chunk_search_rows WHERE id = 1").Single();
        Assert.That(await Databases.FindAsync(), Is.Empty);
        RuledDatabases.Damage(Databases.AppMeta, damage);

        var found = await Databases.FindAsync();

        Assert.That(found.Select(f => f.Error.Detail), Has.Member(detail.Replace("{0}", indexed)));
    }

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
        HealthyRows.Append(Databases.Events, "id 1", 3, "again", "{}");

        var found = (await Databases.FindAsync()).Where(f => f.Error.Kind == ValidationErrorKind.SequenceGap);

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
        var eventId = Databases.Events.Scalar<string>("SELECT event_id FROM events WHERE id = 2");

        var found = (await Databases.FindAsync()).Where(f => f.Error.Kind != ValidationErrorKind.InvalidJson);

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
        await Databases
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

        var report = (await Databases.Validator.ValidateAsync()).Reports.Single(r => r.ErrorCount > 0);

        Assert.Multiple(() =>
        {
            Assert.That(report.ErrorCount, Is.EqualTo(30));
            Assert.That(
                report.Errors.Select(error => error.Id),
                Is.EqualTo(Enumerable.Range(1, 20).Select(i => $"{8 + (i * 100)}"))
            );
        });
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
        RuledDatabases.Damage(Databases.AppMeta, "DELETE FROM pipelines WHERE id = 'id 1'");

        var found = await Databases.FindAsync();

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
}
