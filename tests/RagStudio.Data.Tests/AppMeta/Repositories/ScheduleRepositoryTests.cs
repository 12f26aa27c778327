using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class ScheduleRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private string _pipeline = null!;

    private ScheduleRepository Schedules => new(Data.AppMeta, Data.Time);

    private DateTimeOffset Now => Data.Time.GetUtcNow();

    [SetUp]
    public async Task CreatePipeline() =>
        _pipeline = (await new PipelineRepository(Data.AppMeta, Data.Time).CreateAsync(Pipeline())).Id;

    [Test]
    public async Task ListDue_gives_enabled_schedules_whose_time_has_come_longest_waiting_first()
    {
        await Schedules.CreateAsync(Schedule("now", Now));
        await Schedules.CreateAsync(Schedule("long ago", Now.AddHours(-1)));
        await Schedules.CreateAsync(Schedule("soon", Now.AddMicroseconds(1)));
        await Schedules.CreateAsync(Schedule("never", null));
        await Schedules.CreateAsync(Schedule("off", Now.AddHours(-2)) with { Enabled = false });

        var due = await Schedules.ListDueAsync(Now, limit: 10);

        Assert.That(due.Select(schedule => schedule.Name), Is.EqualTo(new[] { "long ago", "now" }));
        Assert.That(due[0].DueAt, Is.EqualTo(Now.AddHours(-1)));
        Assert.That((due[0].PipelineId, due[0].CronExpression), Is.EqualTo((_pipeline, "0 * * * *")));
    }

    [Test]
    public async Task ListDue_compares_instants_not_texts()
    {
        await Schedules.CreateAsync(Schedule("abroad", Now.ToOffset(TimeSpan.FromHours(9))));

        Assert.That(
            await Schedules.ListDueAsync(Now.ToOffset(TimeSpan.FromHours(-7)), limit: 10),
            Has.Count.EqualTo(1)
        );
    }

    [Test]
    public async Task RecordRun_moves_the_schedule_on()
    {
        await Schedules.CreateAsync(Schedule("hourly", Now));
        var due = await Schedules.ListDueAsync(Now, limit: 1);

        Assert.That(await Schedules.RecordRunAsync(due[0], Now.AddHours(1)), Is.True);

        var row = await Schedules.FindByNameAsync("hourly");
        Assert.That((row?.LastRun, row?.NextRun), Is.EqualTo(((DateTimeOffset?)Now, (DateTimeOffset?)Now.AddHours(1))));
        Assert.That(await Schedules.ListDueAsync(Now, limit: 10), Is.Empty);
    }

    [Test]
    public async Task RecordRun_gives_one_turn_to_one_of_many()
    {
        await Schedules.CreateAsync(Schedule("hourly", Now));
        var due = await Schedules.ListDueAsync(Now, limit: 1);

        var taken = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => Task.Run(() => Schedules.RecordRunAsync(due[0], Now.AddHours(i + 1))))
        );

        Assert.That(taken.Count(won => won), Is.EqualTo(1));
    }

    [Test]
    public async Task RecordRun_of_a_schedule_that_was_switched_off_writes_nothing()
    {
        var id = (await Schedules.CreateAsync(Schedule("hourly", Now))).Id;
        var due = await Schedules.ListDueAsync(Now, limit: 1);
        await Schedules.SetEnabledAsync(id, enabled: false, Now);

        Assert.That(await Schedules.RecordRunAsync(due[0], Now.AddHours(1)), Is.False);
        Assert.That((await Schedules.FindByNameAsync("hourly"))?.LastRun, Is.Null);
    }

    [Test]
    public async Task Create_refuses_a_taken_name_and_an_unknown_pipeline_each_in_its_own_way()
    {
        await Schedules.CreateAsync(Schedule("hourly", Now));

        Assert.ThrowsAsync<NameTakenException>(() => Schedules.CreateAsync(Schedule("hourly", Now)));
        Assert.ThrowsAsync<RowRefusedException>(() =>
            Schedules.CreateAsync(Schedule("other", Now) with { PipelineId = "unknown" })
        );
        Assert.That(Data.CountInAppMeta("schedules"), Is.EqualTo(1));
    }

    private NewSchedule Schedule(string name, DateTimeOffset? nextRun) =>
        new()
        {
            Name = name,
            CronExpression = "0 * * * *",
            PipelineId = _pipeline,
            NextRun = nextRun,
        };
}
