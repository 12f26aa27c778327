using Microsoft.EntityFrameworkCore;
using RagStudio.Data.Migrator;
using RagStudio.Data.Migrator.Providers;

namespace RagStudio.Data.Tests.Rules;

public sealed class HealthyDatabaseTests
{
    [TestCaseSource(nameof(Versions))]
    public async Task No_rule_gives_a_false_alarm_at_any_version_nor_after_the_way_up_and_down(
        bool singleDatabase,
        string appMeta,
        string events
    )
    {
        using var databases = new RuledDatabases(singleDatabase);
        await databases.MigrateAsync(appMeta, events);
        HealthyRows.Fill(databases);

        Assert.That(await databases.FindAsync(), Is.Empty, "at the version");
        var up = await databases.Manager.MigrateAsync();
        Assert.That(up.Reports.SelectMany(report => report.Warnings).Where(IsDamage), Is.Empty, "on the way up");
        Assert.That(await databases.FindAsync(), Is.Empty, "at the newest version");
        await databases.Manager.RollbackToVersionAsync(Older(appMeta, events));
        Assert.That(await databases.FindAsync(), Is.Empty, "at the older version again");
    }

    [Test]
    public async Task A_log_whose_users_were_lost_on_the_way_down_can_go_up_again_and_is_told_of_as_damaged()
    {
        using var databases = new RuledDatabases(singleDatabase: false);
        await databases.MigrateAsync();
        HealthyRows.Fill(databases);
        await databases.Manager.RollbackToVersionAsync("20250407133028_CreateSnapshots");

        await databases.Manager.MigrateAsync();

        var found = await databases.FindAsync();
        Assert.That(found.Select(f => f.Error.Kind), Is.All.EqualTo(ValidationErrorKind.ChecksumMismatch));
        Assert.That(
            found.Select(f => f.Error.Id),
            Is.EqualTo(
                databases.Events.Texts(
                    "SELECT id FROM events WHERE event_data LIKE '%ä%' OR aggregate_id = 'p 1' AND sequence_number = 1"
                )
            )
        );
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Events_of_an_app_meta_that_has_no_tables_yet_are_not_judged_and_hinder_no_migration(
        bool singleDatabase
    )
    {
        using var databases = new RuledDatabases(singleDatabase);
        await databases.MigrateAsync(appMeta: "0");
        HealthyRows.Fill(databases);

        Assert.That(await databases.FindAsync(), Is.Empty);
        await databases.Manager.MigrateAsync();

        Assert.That(
            (await databases.FindAsync()).Select(f => f.Error.Kind),
            Is.EqualTo(Enumerable.Repeat(ValidationErrorKind.CrossDatabaseConstraintViolation, 2))
        );
    }

    [TestCase("app_meta")]
    [TestCase("events")]
    public async Task A_set_of_one_of_the_databases_leaves_out_the_rules_that_need_the_other(string name)
    {
        using var databases = new RuledDatabases(
            singleDatabase: false,
            services =>
            {
                var other = services.Where(service => service.ServiceType == typeof(IMigrationDatabase)).ToArray();
                services.Remove(other[name == "app_meta" ? 1 : 0]);
            }
        );
        await databases.MigrateAsync();
        HealthyRows.Fill(databases);
        RuledDatabases.Damage(databases.Events, "UPDATE events SET event_data = '{\"kb_id\":\"nobody\"}' WHERE id = 1");

        var reports = (await databases.Validator.ValidateAsync()).Reports;

        Assert.That(reports.Select(report => report.Database), Is.EqualTo(new[] { name }));
        Assert.That(
            reports[0].Errors.Select(error => error.Kind),
            Is.EqualTo(name == "events" ? [ValidationErrorKind.ChecksumMismatch] : Array.Empty<ValidationErrorKind>())
        );
    }

    private static IEnumerable<TestCaseData> Versions()
    {
        using var databases = new UnmigratedDatabases();
        using var appMeta = databases.OpenAppMeta();
        using var events = databases.OpenEvents();
        var ofAppMeta = appMeta.Database.GetMigrations().Prepend("0").ToArray();
        var ofEvents = events.Database.GetMigrations().Prepend("0").ToArray();
        // Without knowledge bases, no event refers to one.
        var pairs = ofAppMeta
            .Skip(1)
            .Select(version => (version, ofEvents[^1]))
            .Concat(ofEvents.Select(version => (ofAppMeta[^1], version)))
            .Concat(ofEvents.Select((version, i) => (ofAppMeta[i], version)))
            .Distinct()
            .ToArray();
        return from singleDatabase in new[] { false, true }
            from pair in pairs
            select new TestCaseData(singleDatabase, pair.Item1, pair.Item2);
    }

    private static string Older(string appMeta, string events) =>
        string.CompareOrdinal(appMeta, events) < 0 ? appMeta : events;

    private static bool IsDamage(ValidationWarning warning) => warning.Kind == ValidationWarningKind.ExistingDamage;
}
