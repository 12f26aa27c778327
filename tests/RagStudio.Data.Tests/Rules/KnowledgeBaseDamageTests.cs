using RagStudio.Data.Migrator;

namespace RagStudio.Data.Tests.Rules;

[TestFixture(false)]
[TestFixture(true)]
public sealed class KnowledgeBaseDamageTests(bool singleDatabase) : DamageTest(singleDatabase)
{
    [Test]
    public async Task Events_that_name_a_knowledge_base_which_is_not_there_are_counted_all_and_named_20_times()
    {
        for (var i = 1; i <= 33; i++)
        {
            HealthyRows.Append(Databases.Events, "many", i, "ran", """{"x":{"kb_id":"id 1"},"kb_id":"nobody"}""");
        }

        var report = (await Databases.Validator.ValidateAsync()).Reports.Single(r => r.ErrorCount > 0);

        var eventId = Databases.Events.Scalar<string>("SELECT event_id FROM events WHERE id = 9");
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
                        $"event {eventId} (row 9 of 'events') names the knowledge base 'nobody', which does not exist"
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
        HealthyRows.Append(Databases.Events, "w", 1, "noted", """{"kb_id":"left"}""", aggregateType: "workspace");
        HealthyRows.Append(Databases.Events, "w", 2, type, """{"kb_id":"left"}""", aggregateType: "workspace");
        var after = HealthyRows.Append(
            Databases.Events,
            "w",
            3,
            "noted",
            """{"kb_id":"left"}""",
            aggregateType: "workspace"
        );
        var other = HealthyRows.Append(
            Databases.Events,
            "w",
            4,
            "noted",
            """{"kb_id":"another"}""",
            aggregateType: "workspace"
        );
        var type2 = HealthyRows.Append(
            Databases.Events,
            "w",
            1,
            "noted",
            """{"kb_id":"left"}""",
            aggregateType: "desk"
        );
        HealthyRows.Append(Databases.Events, "own", 1, "noted", """{"kb_id":"own"}""");
        HealthyRows.Append(Databases.Events, "own", 2, type, "{}");

        var found = await Databases.FindAsync();

        Assert.That(found.Select(f => f.Error.Detail.Split(' ')[1]), Is.EqualTo(new[] { after, other, type2 }));
    }

    [Test]
    public async Task What_is_found_does_not_depend_on_the_index()
    {
        string[] named =
        [
            """{"kb_id":"nobody"}""",
            """{"kb_id":"\u006eobody"}""",
            """{"kb_id":"nobody","kb_id":"id 1"}""",
            """{"kb_id":"id 1","kb_id":"nobody"}""",
            """{"kb_id":""}""",
            """{"kb_id":5}""",
            """{"kb_id":{"a":1}}""",
            """{"kb_id":null}""",
            "[]",
        ];
        foreach (var (i, data) in named.Index())
        {
            HealthyRows.Append(Databases.Events, "odd", i + 1, "ran", data);
        }
        var first = Databases.Events.Scalar<long>("SELECT min(id) FROM events WHERE aggregate_id = 'odd'");

        var byIndex = await FindAsync();
        DamageEvents("DROP INDEX IX_events_kb_id");
        var byPass = await FindAsync();

        Assert.That(byIndex, Is.EqualTo(new[] { 0, 1, 2, 4 }.Select(i => $"{first + i}")));
        Assert.That(byPass, Is.EqualTo(byIndex));
        async Task<string?[]> FindAsync() =>
            [
                .. (await Databases.FindAsync())
                    .Where(found => found.Error.Kind == ValidationErrorKind.CrossDatabaseConstraintViolation)
                    .Select(found => found.Error.Id),
            ];
    }

    [Test]
    public async Task A_deleted_knowledge_base_is_named_by_the_events_of_a_log_that_does_not_say_so()
    {
        RuledDatabases.Damage(Databases.AppMeta, "DELETE FROM knowledge_bases WHERE id = 'id 1'");

        var found = (await Databases.FindAsync()).Where(f => f.Database == "app_meta+events").ToArray();

        Assert.That(found.Select(f => f.Error.Id), Is.EqualTo(new[] { "1", "2" }));
    }
}
