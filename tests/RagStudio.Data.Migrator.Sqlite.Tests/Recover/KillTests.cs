using RagStudio.Data.CrashHost;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Recover;

/// <summary>
/// A program is killed at points spread evenly over its run. The soak test of the crash host uses every point
/// and random moments, for as long as one likes.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class KillTests
{
    private const int Orders = 2000;

    [Test]
    public Task MigrateAsync_killed_at_any_point_is_undone_or_done_by_the_next_start() =>
        KillAsync(() => CrashScenario.MigrateAsync(Orders), every: 10);

    [Test]
    public Task MigrateAsync_of_compiled_migrations_killed_at_any_point_is_undone_or_done_by_the_next_start() =>
        KillAsync(() => CrashScenario.MigrateCompiledAsync(Orders), every: 10);

    [Test]
    public Task MigrateAsync_by_compiled_migrations_and_EF_killed_at_any_point_is_undone_or_done_by_the_next_start() =>
        KillAsync(() => CrashScenario.MigrateHalfCompiledAsync(Orders), every: 18);

    [Test]
    public Task MigrateAsync_over_the_border_of_an_archive_killed_at_any_point_is_undone_or_done_by_the_next_start() =>
        KillAsync(() => CrashScenario.MigrateArchivedAsync(Orders), every: 30);

    [Test]
    public Task RollbackToVersionAsync_by_compiled_migrations_killed_at_any_point_leaves_both_at_one_version() =>
        KillAsync(() => CrashScenario.RollBackCompiledAsync(Orders), every: 14);

    [Test]
    public Task MigrateAsync_killed_while_it_creates_the_databases_creates_them_at_the_next_start() =>
        KillAsync(CrashScenario.CreateAsync, every: 18);

    [Test]
    public Task MigrateAsync_killed_while_it_adds_a_database_to_the_set_keeps_the_other() =>
        KillAsync(() => CrashScenario.CreateArchiveAsync(Orders), every: 24);

    [Test]
    public Task RollbackToVersionAsync_killed_at_any_point_leaves_both_databases_at_one_version() =>
        KillAsync(() => CrashScenario.RollBackAsync(Orders), every: 14);

    [Test]
    public Task RestoreAsync_killed_at_any_point_leaves_both_databases_replaced_or_both_as_they_were() =>
        KillAsync(() => CrashScenario.RestoreAsync(Orders), every: 10);

    [Test]
    public Task RestoreAsync_over_pages_of_another_size_killed_at_any_point_replaces_both_or_none() =>
        KillAsync(() => CrashScenario.RestoreOtherPagesAsync(Orders), every: 18);

    [Test]
    public Task AdoptAsync_killed_at_any_point_has_adopted_both_databases_or_none() =>
        KillAsync(() => CrashScenario.AdoptAsync(Orders), every: 8, always: "Adopted:1");

    [Test]
    public Task CreateAsync_killed_at_any_point_leaves_no_half_set() =>
        KillAsync(() => CrashScenario.BackUpAsync(Orders), every: 3);

    [Test]
    public Task RecoverAsync_killed_at_any_point_is_begun_anew_by_the_next_start() =>
        KillAsync(() => CrashScenario.RecoverAsync(Orders), every: 4);

    [Test]
    public Task A_start_that_recovers_and_migrates_may_be_killed_at_any_point_too() =>
        KillAsync(() => CrashScenario.RecoverAsync(Orders, RunActivity.Migrate), every: 24);

    [Test]
    public async Task MigrateAsync_killed_while_it_rehearses_has_touched_nothing_and_leaves_no_copies()
    {
        using var scenario = await CrashScenario.RehearseAsync(Orders);
        var points = scenario.Points.Where(point => point.StartsWith("Plan", StringComparison.Ordinal)).ToArray();
        foreach (var (i, point) in points.Index().Where(pair => pair.Index % 10 == 4))
        {
            scenario.Reset();
            var before = (scenario.Shop.Dump("shop"), scenario.Shop.Dump("archive"));

            var exit = HostProcess.Run(scenario.KilledAt(point));

            Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed), $"{point}: {exit.Error}");
            Assert.That((scenario.Shop.Dump("shop"), scenario.Shop.Dump("archive")), Is.EqualTo(before), point);
            Assert.That(File.Exists(scenario.Shop.Journal), Is.False, point);
            Assert.That(await scenario.NextStartAsync(recoverFirst: i % 2 == 0), Is.Empty, point);
            Assert.That(Directory.GetDirectories(scenario.Shop.Folder, ".rehearsal-*"), Is.Empty, point);
        }
        Assert.That(points, Has.Length.GreaterThan(16), "the rehearsal has points");
    }

    [Test]
    public async Task A_journal_mode_that_a_killed_run_has_changed_is_changed_back()
    {
        using var scenario = await CrashScenario.MigrateAsync(orders: 10);
        scenario.Reset();
        var exit = HostProcess.Run(scenario.KilledAt("Apply:8"));
        Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed), exit.Error);
        Assert.That(File.Exists(scenario.Shop.Journal));
        // As a migration with a suppressed transaction does.
        scenario.Shop.Execute("PRAGMA journal_mode = DELETE");

        await scenario.Manager.RecoverAsync();

        Assert.That(scenario.Shop.Scalar<string>("PRAGMA journal_mode"), Is.EqualTo("wal"));
        Assert.That(await scenario.NextStartAsync(recoverFirst: false), Is.Empty);
    }

    private static async Task KillAsync(Func<Task<CrashScenario>> prepare, int every, string always = "")
    {
        using var scenario = await prepare();
        var points = scenario.Points.Where((point, i) => point == always || i % every == every / 2).ToArray();
        Assert.That(points, Has.Length.GreaterThan(1));
        foreach (var (i, point) in points.Index())
        {
            scenario.Reset();

            var exit = HostProcess.Run(scenario.KilledAt(point));

            Assert.That(exit.Code, Is.EqualTo(HostProcess.Killed), $"{point}: {exit.Error}");
            Assert.That(await scenario.NextStartAsync(recoverFirst: i % 2 == 0), Is.Empty, point);
        }
    }
}
