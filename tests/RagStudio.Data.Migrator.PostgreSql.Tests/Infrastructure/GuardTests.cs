namespace RagStudio.Data.Migrator.PostgreSql.Tests;

[NonParallelizable]
public sealed class GuardTests
{
    [SetUp]
    public void Need_a_server() => PostgresBinaries.Require();

    [Test]
    public async Task A_server_and_its_folder_end_with_the_process_that_started_it([Values] bool withItsChildren)
    {
        using var program = new ServerProgram();
        await program.StartedAsync();
        var children = await Signals.ChildrenAsync(program.Postmaster);
        Assert.That(children, Is.Not.Empty);
        program.Kill(withItsChildren);
        await Signals.EndAsync([program.Postmaster, .. children]);
        await Condition.HoldsAsync("the folders are gone", () => !program.Left.Any());
    }

    [Test]
    public async Task A_suspended_process_of_a_server_ends_too()
    {
        using var program = new ServerProgram();
        await program.StartedAsync();
        await using var connection = await Sql.OpenAsync(program.ConnectionString);
        var backend = connection.ProcessID;
        await Signals.StopAsync(backend);
        program.Kill(withChildren: false);
        await Signals.EndAsync([program.Postmaster, backend]);
        await Condition.HoldsAsync("the folders are gone", () => !program.Left.Any());
    }

    [Test]
    public async Task Nothing_is_left_of_a_server_that_ended_in_order()
    {
        using var program = new ServerProgram();
        await program.StartedAsync();
        var children = await Signals.ChildrenAsync(program.Postmaster);
        await program.EndAsync();
        await Signals.EndAsync([program.Postmaster, .. children]);
        Assert.That(program.Left, Is.Empty);
    }

    [Test]
    public async Task A_killed_server_leaves_no_shared_memory()
    {
        string segment;
        await using (var server = await PostgresServer.StartAsync())
        {
            segment = File.ReadLines(Path.Combine(server.DataFolder, "postmaster.pid")).ElementAt(6).Split(' ')[^1];
            Assert.That(await SegmentsAsync(), Does.Contain(segment));
            await server.KillAsync();
            Assert.That(await SegmentsAsync(), Does.Contain(segment), "it has to be removed");
        }
        Assert.That(await SegmentsAsync(), Does.Not.Contain(segment));
    }

    private static async Task<IEnumerable<string>> SegmentsAsync() =>
        (await Command.RunAsync("ipcs", "-m")).Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
}
