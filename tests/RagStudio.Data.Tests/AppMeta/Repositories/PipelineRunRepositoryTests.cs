using static RagStudio.Data.Tests.JsonText;
using static RagStudio.Data.Tests.SampleData;

namespace RagStudio.Data.Tests;

[TestFixture(DataProvider.Sqlite)]
[TestFixture(DataProvider.PostgreSql)]
internal sealed class PipelineRunRepositoryTests(DataProvider provider) : DatabaseTests(provider)
{
    private string _pipeline = null!;

    private PipelineRunRepository Runs => new(Data.AppMeta, Data.Time);

    [SetUp]
    public async Task CreatePipeline() => _pipeline = await CreatePipelineAsync("ingest");

    [Test]
    public async Task Start_records_a_running_run()
    {
        var id = (await Runs.StartAsync(_pipeline)).Id;

        var run = await Runs.FindAsync(id);
        Assert.That((run?.PipelineId, run?.Status), Is.EqualTo((_pipeline, PipelineRunStatus.Running)));
        Assert.That((run?.StartedAt, run?.CompletedAt), Is.EqualTo((Data.Time.GetUtcNow(), (DateTimeOffset?)null)));
    }

    [Test]
    public async Task Enqueue_records_a_run_that_is_started_once()
    {
        var id = (await Runs.EnqueueAsync(_pipeline)).Id;
        Assert.That((await Runs.FindAsync(id))?.Status, Is.EqualTo(PipelineRunStatus.Pending));
        Assert.That((await Runs.FindAsync(id))?.StartedAt, Is.Null);

        var started = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => Runs.StartQueuedAsync(id))));

        Assert.That(started.Count(won => won), Is.EqualTo(1));
        Assert.That((await Runs.FindAsync(id))?.StartedAt, Is.EqualTo(Data.Time.GetUtcNow()));
    }

    [Test]
    public void Start_of_a_pipeline_that_is_not_there_writes_nothing()
    {
        var error = Assert.ThrowsAsync<RowRefusedException>(() => Runs.StartAsync("unknown"));
        Assert.That(error.Reason, Is.EqualTo(RowRefusal.ForeignKey));

        Assert.That(Data.CountInAppMeta("pipeline_runs"), Is.Zero);
    }

    [Test]
    public async Task Finish_keeps_the_result_and_the_time()
    {
        var id = (await Runs.StartAsync(_pipeline)).Id;
        Data.Time.Advance(TimeSpan.FromSeconds(9));

        Assert.That(await Runs.FinishAsync(id, new("""{"documents":3}""", """["report.html"]""")), Is.True);

        var run = await Runs.FindAsync(id);
        Assert.That((run?.Status, run?.ErrorMessage), Is.EqualTo((PipelineRunStatus.Completed, (string?)null)));
        Assert.That(
            (Compact(run?.Metrics), Compact(run?.Artifacts)),
            Is.EqualTo(("""{"documents":3}""", """["report.html"]"""))
        );
        Assert.That(run?.CompletedAt - run?.StartedAt, Is.EqualTo(TimeSpan.FromSeconds(9)));
    }

    [Test]
    public async Task Fail_keeps_the_error()
    {
        var id = (await Runs.StartAsync(_pipeline)).Id;

        Assert.That(await Runs.FailAsync(id, "no space left", new("""{"documents":1}""")), Is.True);

        var run = await Runs.FindAsync(id);
        Assert.That((run?.Status, run?.ErrorMessage), Is.EqualTo((PipelineRunStatus.Failed, "no space left")));
        Assert.That(Compact(run?.Metrics), Is.EqualTo("""{"documents":1}"""));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Cancel_ends_a_run_that_is_running_or_waits(bool running)
    {
        var id = (running ? await Runs.StartAsync(_pipeline) : await Runs.EnqueueAsync(_pipeline)).Id;

        Assert.That(await Runs.CancelAsync(id), Is.True);
        Assert.That((await Runs.FindAsync(id))?.Status, Is.EqualTo(PipelineRunStatus.Cancelled));
    }

    [Test]
    public async Task A_run_that_has_ended_cannot_be_ended_again()
    {
        var id = (await Runs.StartAsync(_pipeline)).Id;
        await Runs.FinishAsync(id, new("""{"documents":3}"""));
        Data.Time.Advance(TimeSpan.FromHours(1));

        Assert.That(await Runs.FinishAsync(id), Is.False);
        Assert.That(await Runs.FailAsync(id, "late"), Is.False);
        Assert.That(await Runs.CancelAsync(id), Is.False);

        var run = await Runs.FindAsync(id);
        Assert.That(
            (run?.Status, Compact(run?.Metrics)),
            Is.EqualTo((PipelineRunStatus.Completed, """{"documents":3}"""))
        );
        Assert.That(run?.CompletedAt, Is.EqualTo(Data.Time.GetUtcNow() - TimeSpan.FromHours(1)));
    }

    [Test]
    public async Task A_run_that_waits_can_neither_finish_nor_fail()
    {
        var id = (await Runs.EnqueueAsync(_pipeline)).Id;

        Assert.That(await Runs.FinishAsync(id), Is.False);
        Assert.That(await Runs.FailAsync(id, "never began"), Is.False);
        Assert.That((await Runs.FindAsync(id))?.Status, Is.EqualTo(PipelineRunStatus.Pending));
    }

    [Test]
    public async Task ListRecent_gives_the_newest_first_of_all_or_of_one_pipeline()
    {
        var other = await CreatePipelineAsync("other");
        var first = await StartLaterAsync(_pipeline);
        var second = await StartLaterAsync(other);
        var third = await StartLaterAsync(_pipeline);
        await Runs.EnqueueAsync(_pipeline);

        var recent = await Runs.ListRecentAsync(limit: 2);
        var own = await Runs.ListRecentAsync(_pipeline, limit: 5);

        Assert.That(recent.Select(run => run.Id), Is.EqualTo(new[] { third, second }));
        Assert.That(own.Select(run => run.Id), Is.EqualTo(new[] { third, first }));
    }

    [Test]
    public async Task ListRunning_leaves_out_what_waits_or_has_ended()
    {
        var ended = await StartLaterAsync(_pipeline);
        var running = await StartLaterAsync(_pipeline);
        await Runs.EnqueueAsync(_pipeline);
        await Runs.FinishAsync(ended);

        Assert.That((await Runs.ListRunningAsync()).Select(run => run.Id), Is.EqualTo(new[] { running }));
    }

    [Test]
    public async Task DeleteEnded_leaves_what_has_not_ended_and_other_pipelines()
    {
        var pending = await Runs.EnqueueAsync(_pipeline);
        var other = await StartLaterAsync(await CreatePipelineAsync("other"));
        await Runs.FinishAsync(other);
        await Runs.FinishAsync(await StartLaterAsync(_pipeline));
        await Runs.FailAsync(await StartLaterAsync(_pipeline), "why");

        Assert.That(await Runs.DeleteEndedAsync(_pipeline), Is.EqualTo(2));
        Assert.That((await Runs.ListPendingAsync(9)).Select(run => run.Id), Is.EqualTo(new[] { pending.Id }));
        Assert.That((await Runs.ListRecentAsync(9)).Select(run => run.Id), Is.EqualTo(new[] { other }));
    }

    private async Task<string> CreatePipelineAsync(string name) =>
        (await new PipelineRepository(Data.AppMeta, Data.Time).CreateAsync(Pipeline(name))).Id;

    private async Task<string> StartLaterAsync(string pipeline)
    {
        Data.Time.Advance(TimeSpan.FromMinutes(1));
        return (await Runs.StartAsync(pipeline)).Id;
    }
}
