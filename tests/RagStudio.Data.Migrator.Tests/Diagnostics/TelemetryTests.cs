using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace RagStudio.Data.Migrator.Tests.Diagnostics;

[NonParallelizable]
internal sealed class TelemetryTests : FakeSetTest
{
    [Test]
    public async Task A_run_is_one_tree_of_run_phases_migrations_and_checks()
    {
        using var listener = new TelemetryListener();

        var summary = await Set.Manager(Succeeding).MigrateAsync();

        var run = listener.Single("migrate");
        var migration = listener.Single("apply shop");
        Assert.Multiple(() =>
        {
            Assert.That(run.GetTagItem("db.system.name"), Is.EqualTo("fake"));
            Assert.That(run.GetTagItem("db.namespace"), Is.EqualTo("shop+archive"));
            Assert.That(run.GetTagItem("db.operation.name"), Is.EqualTo("migrate"));
            Assert.That(run.GetTagItem("migrator.run.id"), Is.EqualTo(summary.RunId));
            Assert.That(run.Status, Is.EqualTo(ActivityStatusCode.Unset));
            Assert.That(
                listener.Activities.Where(a => a.ParentSpanId == run.SpanId).Select(a => a.DisplayName).Distinct(),
                Is.EqualTo(new[] { "lock", "plan", "backup", "apply", "validate", "record" })
            );
            Assert.That(migration.Kind, Is.EqualTo(ActivityKind.Client));
            Assert.That(migration.GetTagItem("db.namespace"), Is.EqualTo("shop"));
            Assert.That(migration.GetTagItem("migrator.migration.version"), Is.EqualTo("2"));
            Assert.That(migration.ParentSpanId, Is.EqualTo(listener.Single("apply").SpanId));
            Assert.That(
                listener.Activities.Where(a => a.ParentSpanId == listener.Single("validate").SpanId),
                Is.Not.Empty.And.All.Matches<Activity>(a =>
                    a.DisplayName.StartsWith("check ", StringComparison.Ordinal)
                )
            );
            Assert.That(listener.Activities.Select(a => a.TraceId).Distinct().Count(), Is.EqualTo(1));
        });
    }

    [Test]
    public void A_failed_run_has_the_type_of_its_error_and_no_message()
    {
        using var listener = new TelemetryListener();

        Assert.ThrowsAsync<MigrationFailedException>(() => Set.Manager(FailingSecond).MigrateAsync());

        const string Cause = "System.InvalidOperationException";
        Assert.Multiple(() =>
        {
            Assert.That(ErrorOf(listener.Single("migrate")), Is.EqualTo(typeof(MigrationFailedException).FullName));
            Assert.That(ErrorOf(listener.Single("apply")), Is.EqualTo(Cause));
            Assert.That(ErrorOf(listener.Single("apply archive")), Is.EqualTo(Cause));
            Assert.That(ErrorOf(listener.Single("apply shop")), Is.Null);
            Assert.That(ErrorOf(listener.Single("rollback")), Is.Null, "the rollback itself went well");
            Assert.That(
                listener.Of(MigratorDiagnostics.MigrationDuration).Select(m => m.Tags.GetValueOrDefault("error.type")),
                Is.EqualTo(new object?[] { null, Cause })
            );
            Assert.That(listener.Of(MigratorDiagnostics.RunDuration).Single().Tags, Contains.Key("error.type"));
            Assert.That(
                string.Join(' ', listener.Activities.SelectMany(a => a.TagObjects.Select(tag => $"{tag.Value}"))),
                Does.Not.Contain("It broke.")
            );
        });
        AssertNothingHasChanged();
    }

    [Test]
    public async Task A_run_is_measured_in_the_units_that_are_documented()
    {
        using var listener = new TelemetryListener();

        await Set.Manager(Succeeding).MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(listener.Of(MigratorDiagnostics.RunDuration), Has.Length.EqualTo(1));
            Assert.That(listener.Of(MigratorDiagnostics.LockWait), Has.Length.EqualTo(1));
            Assert.That(listener.Of(MigratorDiagnostics.Migrations).Sum(m => m.Value), Is.EqualTo(2));
            Assert.That(listener.Of(MigratorDiagnostics.MigrationDuration), Has.Length.EqualTo(2));
            Assert.That(listener.Of(MigratorDiagnostics.BackupDuration), Has.Length.EqualTo(1));
            Assert.That(listener.Of(MigratorDiagnostics.BackupSize).Single().Value, Is.Positive);
            Assert.That(listener.Of(MigratorDiagnostics.ValidationDuration), Has.Length.EqualTo(2), "before and after");
            Assert.That(listener.Of(MigratorDiagnostics.ValidationErrors).Sum(m => m.Value), Is.Zero);
            Assert.That(listener.Units[MigratorDiagnostics.RunDuration], Is.EqualTo("s"));
            Assert.That(listener.Units[MigratorDiagnostics.BackupSize], Is.EqualTo("By"));
            Assert.That(listener.Units[MigratorDiagnostics.Migrations], Is.EqualTo("{migration}"));
            Assert.That(listener.Units[MigratorDiagnostics.ValidationRows], Is.EqualTo("{row}"));
        });
    }

    [Test]
    public async Task A_start_with_nothing_to_do_is_neither_an_activity_nor_a_measurement()
    {
        await Set.Manager(Succeeding).MigrateAsync();
        using var listener = new TelemetryListener();

        await Set.Manager(Succeeding).MigrateAsync();

        Assert.That(listener.Activities, Is.Empty);
        Assert.That(listener.Of(MigratorDiagnostics.RunDuration), Is.Empty);
    }

    [Test]
    public async Task A_run_that_fails_before_it_asks_for_the_lock_is_told_from_its_begin()
    {
        Set.Storage("shop").Spoil();
        using var listener = new TelemetryListener();
        using var caller = new Activity("caller").Start();
        var before = DateTime.UtcNow;

        Assert.ThrowsAsync<DatabaseAccessException>(() => Set.Manager(Succeeding).MigrateAsync());

        var run = listener.Single("migrate");
        Assert.Multiple(() =>
        {
            Assert.That(ErrorOf(run), Is.EqualTo(typeof(DatabaseAccessException).FullName));
            Assert.That(run.ParentSpanId, Is.EqualTo(caller.SpanId));
            Assert.That(run.StartTimeUtc, Is.GreaterThanOrEqualTo(before));
            Assert.That(listener.Of(MigratorDiagnostics.RunDuration).Single().Tags, Contains.Key("error.type"));
            Assert.That(Activity.Current, Is.SameAs(caller));
        });
    }

    [Test]
    public async Task The_rehearsal_is_no_run_of_its_own()
    {
        using var listener = new TelemetryListener();

        await Set.Manager(o => o.RehearseBeforeMigrate = RehearsalPolicy.Always, Succeeding).MigrateAsync();

        Assert.That(listener.Activities.Count(a => a.DisplayName == "migrate"), Is.EqualTo(1));
        Assert.That(listener.Of(MigratorDiagnostics.Migrations).Sum(m => m.Value), Is.EqualTo(2));
    }

    [Test]
    public async Task The_callers_activity_is_its_own_again_after_a_run()
    {
        using var listener = new TelemetryListener();
        using var caller = new Activity("caller").Start();

        await Set.Manager(Succeeding).MigrateAsync();

        Assert.That(Activity.Current, Is.SameAs(caller));
        Assert.That(listener.Single("migrate").ParentSpanId, Is.EqualTo(caller.SpanId));
    }

    [Test]
    public async Task The_console_exporter_of_OpenTelemetry_writes_the_activities_and_the_measurements()
    {
        var console = Console.Out;
        using var text = new StringWriter();
        Console.SetOut(TextWriter.Synchronized(text));
        try
        {
            using var traces = Sdk.CreateTracerProviderBuilder()
                .AddSource(MigratorDiagnostics.ActivitySourceName)
                .AddConsoleExporter()
                .Build();
            using var metrics = Sdk.CreateMeterProviderBuilder()
                .AddMeter(MigratorDiagnostics.MeterName)
                .AddConsoleExporter()
                .Build();
            await Set.Manager(Succeeding).MigrateAsync();
            traces.ForceFlush();
            metrics.ForceFlush();
        }
        finally
        {
            Console.SetOut(console);
        }

        Assert.That(text.ToString(), Does.Contain("apply archive").And.Contain("db.system.name: fake"));
        Assert.That(text.ToString(), Does.Contain("migrator.migration.duration").And.Contain("Unit: s"));
    }

    private static object? ErrorOf(Activity activity) =>
        activity.Status == ActivityStatusCode.Error ? activity.GetTagItem("error.type") : null;
}
