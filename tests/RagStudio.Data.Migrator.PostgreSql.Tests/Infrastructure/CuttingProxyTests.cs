using System.Diagnostics;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

public sealed class CuttingProxyTests
{
    private PostgresServer _server = null!;
    private TestDatabase _database = null!;
    private CuttingProxy _proxy = null!;
    private NpgsqlConnection _connection = null!;

    [SetUp]
    public async Task Connect_through_a_proxy()
    {
        _server = await ServersOfTheRun.SharedAsync();
        _database = await _server.CreateDatabaseAsync();
        await _database.ExecuteAsync("CREATE TABLE t (id int)");
        _proxy = new CuttingProxy(_server);
        _connection = await Sql.OpenAsync(_proxy.Through(_database.ConnectionString));
    }

    [TearDown]
    public async Task Disconnect()
    {
        if (_connection is not null)
        {
            await _proxy.DisposeAsync();
            await _connection.DisposeAsync();
            await _database.DisposeAsync();
        }
    }

    [TestCase(Fault.CutBeforeForwarding, 0)]
    [TestCase(Fault.CutAfterForwarding, 1)]
    [TestCase(Fault.CutBeforeAnswer, 1)]
    public async Task A_cut_at_COMMIT_leaves_the_server_before_or_after_it(Fault fault, int rows)
    {
        for (var round = 1; round <= 5; round++)
        {
            await _connection.DisposeAsync();
            _connection = await Sql.OpenAsync(_proxy.Through(_database.ConnectionString));
            var backend = _connection.ProcessID;
            await using var transaction = await _connection.BeginTransactionAsync();
            await Sql.ExecuteAsync(_connection, "INSERT INTO t VALUES (1)");
            var cut = _proxy.OnCommit(fault);
            Assert.That(async () => await transaction.CommitAsync(), Throws.InstanceOf<NpgsqlException>());
            await cut.HappenedAsync();
            await EndsAsync(backend);
            Assert.That(await RowsAsync(), Is.EqualTo(rows * round));
        }
    }

    [Test]
    public async Task The_server_has_committed_when_the_answer_is_cut()
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        await Sql.ExecuteAsync(_connection, "INSERT INTO t VALUES (1)");
        var cut = _proxy.OnCommit(Fault.CutBeforeAnswer);
        Assert.That(async () => await transaction.CommitAsync(), Throws.InstanceOf<NpgsqlException>());
        // At once: nobody has to wait for the server.
        Assert.That(await RowsAsync(), Is.EqualTo(1));
        await cut.HappenedAsync();
    }

    [TestCase("PREPARE TRANSACTION", Fault.CutBeforeForwarding, 0, 0)]
    [TestCase("PREPARE TRANSACTION", Fault.CutBeforeAnswer, 1, 0)]
    [TestCase("COMMIT PREPARED", Fault.CutBeforeForwarding, 1, 0)]
    [TestCase("COMMIT PREPARED", Fault.CutBeforeAnswer, 0, 1)]
    public async Task A_cut_at_any_statement_leaves_the_server_before_or_after_it(
        string statement,
        Fault fault,
        int prepared,
        int rows
    )
    {
        var cut = _proxy.On(text => text.StartsWith(statement, StringComparison.Ordinal), fault);
        var backend = _connection.ProcessID;
        Assert.That(
            async () =>
            {
                await Sql.ExecuteAsync(_connection, "BEGIN");
                await Sql.ExecuteAsync(_connection, "INSERT INTO t VALUES (1)");
                await Sql.ExecuteAsync(_connection, "PREPARE TRANSACTION 'one'");
                await Sql.ExecuteAsync(_connection, "COMMIT PREPARED 'one'");
            },
            Throws.InstanceOf<NpgsqlException>()
        );
        await cut.HappenedAsync();
        await EndsAsync(backend);
        Assert.That(
            await _database.ScalarAsync<long>(
                "SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()"
            ),
            Is.EqualTo(prepared)
        );
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    [Test]
    public async Task A_prepared_statement_is_known_by_its_text_when_it_is_executed()
    {
        await using var command = new NpgsqlCommand("INSERT INTO t VALUES ($1)", _connection)
        {
            Parameters = { new() { Value = 3 } },
        };
        var cut = _proxy.On(text => text.StartsWith("INSERT", StringComparison.Ordinal), Fault.CutBeforeAnswer);
        await command.PrepareAsync();
        Assert.That(_proxy.Statements.Any(text => text.StartsWith("INSERT", StringComparison.Ordinal)), Is.False);
        Assert.That(async () => await command.ExecuteNonQueryAsync(), Throws.InstanceOf<NpgsqlException>());
        await cut.HappenedAsync();
        Assert.That(await RowsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task The_first_statement_of_a_transaction_has_run_when_its_answer_is_cut()
    {
        await _database.ExecuteAsync("CREATE SEQUENCE s");
        // The driver sends BEGIN together with it, which the server answers first, and here only after both have come.
        var backend = _connection.ProcessID;
        await Signals.StopAsync(backend);
        const string Statement = "SELECT nextval('s') FROM pg_sleep(0.2)";
        var cut = _proxy.On(text => text == Statement, Fault.CutBeforeAnswer);
        await using var transaction = await _connection.BeginTransactionAsync();
        var statement = Sql.ScalarAsync<long>(_connection, Statement);
        await _proxy.WaitForAsync(text => text == Statement);
        await Signals.ContinueAsync(backend);
        Assert.That(
            async () => await statement,
            Throws.InstanceOf<NpgsqlException>().And.Not.TypeOf<PostgresException>()
        );
        // At once, and though the transaction is rolled back.
        Assert.That(await _database.ScalarAsync<bool>("SELECT is_called FROM s"), Is.True);
        await cut.HappenedAsync();
    }

    [TestCase(Fault.HalfOpenBeforeForwarding, 0)]
    [TestCase(Fault.HalfOpenAfterForwarding, 1)]
    public async Task A_half_open_connection_answers_nothing_and_both_ends_stay(Fault fault, int rows)
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        await Sql.ExecuteAsync(_connection, "INSERT INTO t VALUES (1)");
        var backend = _connection.ProcessID;
        var silence = _proxy.OnCommit(fault);
        var commit = transaction.CommitAsync();
        await silence.HappenedAsync();
        await Condition.HoldsAsync("the server has got what was forwarded", async () => await RowsAsync() == rows);
        Assert.That(commit.IsCompleted, Is.False);
        Assert.That(await IsConnectedAsync(backend), Is.True);
        await _proxy.ResetAsync();
        Assert.That(async () => await commit, Throws.InstanceOf<NpgsqlException>());
        await EndsAsync(backend);
        Assert.That(await RowsAsync(), Is.EqualTo(rows));
    }

    [Test]
    public async Task A_half_open_connection_hides_from_the_server_that_the_client_is_gone()
    {
        var backend = _connection.ProcessID;
        var silence = _proxy.On(
            text => text.Contains("INSERT", StringComparison.Ordinal),
            Fault.HalfOpenBeforeForwarding
        );
        await Sql.ExecuteAsync(_connection, "BEGIN; LOCK TABLE t");
        using var enough = new CancellationTokenSource();
        await using var command = new NpgsqlCommand("INSERT INTO t VALUES (1)", _connection);
        var insert = command.ExecuteNonQueryAsync(enough.Token);
        await silence.HappenedAsync();
        await enough.CancelAsync();
        Assert.That(async () => await insert, Throws.InstanceOf<OperationCanceledException>());
        await _connection.CloseAsync();
        Assert.That(
            await _database.ScalarAsync<bool>(
                $"SELECT EXISTS (SELECT FROM pg_locks WHERE pid = {backend} AND relation = 't'::regclass)"
            ),
            Is.True
        );
        await _proxy.ResetAsync();
        await EndsAsync(backend);
    }

    [Test]
    public async Task A_held_statement_waits_until_it_is_released()
    {
        await using var transaction = await _connection.BeginTransactionAsync();
        await Sql.ExecuteAsync(_connection, "INSERT INTO t VALUES (1)");
        var hold = _proxy.OnCommit(Fault.Hold);
        var commit = transaction.CommitAsync();
        await hold.HappenedAsync();
        Assert.That(commit.IsCompleted, Is.False);
        Assert.That(await RowsAsync(), Is.Zero);
        hold.Release();
        await commit;
        Assert.That(await RowsAsync(), Is.EqualTo(1));
    }

    [Test]
    public async Task Only_the_given_number_of_statements_is_interrupted()
    {
        _ = _proxy.On(text => text == "SELECT 1", Fault.CutBeforeForwarding, times: 2);
        for (var i = 0; i < 2; i++)
        {
            await using var connection = await Sql.OpenAsync(_proxy.Through(_database.ConnectionString));
            Assert.That(
                async () => await Sql.ScalarAsync<int>(connection, "SELECT 1"),
                Throws.InstanceOf<NpgsqlException>()
            );
        }
        Assert.That(await Sql.ScalarAsync<int>(_connection, "SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Delay_comes_before_each_round_trip()
    {
        var clock = Stopwatch.StartNew();
        _proxy.Delay = TimeSpan.FromMilliseconds(50);
        _ = await Sql.ScalarAsync<int>(_connection, "SELECT 1");
        _ = await Sql.ScalarAsync<int>(_connection, "SELECT 2");
        Assert.That(clock.Elapsed, Is.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(100)));
    }

    [Test]
    public async Task RoundTrips_counts_what_a_client_waits_for()
    {
        await _connection.CloseAsync();
        await _proxy.ResetAsync();
        await using var connection = await Sql.OpenAsync(_proxy.Through(_database.ConnectionString));
        var connected = _proxy.RoundTrips;
        // BEGIN goes with the first statement.
        await using var transaction = await connection.BeginTransactionAsync();
        _ = await Sql.ScalarAsync<int>(connection, "SELECT 1");
        Assert.That(_proxy.RoundTrips - connected, Is.EqualTo(1));
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { new("SELECT 2"), new("SELECT 3") } };
        _ = await batch.ExecuteNonQueryAsync();
        Assert.That(_proxy.RoundTrips - connected, Is.EqualTo(2));
        await transaction.CommitAsync();
        Assert.That(_proxy.RoundTrips - connected, Is.EqualTo(3));
        Assert.That(_proxy.Statements.TakeLast(4), Is.EqualTo(["SELECT 1", "SELECT 2", "SELECT 3", "COMMIT"]));
    }

    [Test]
    public async Task WaitFor_waits_for_a_statement()
    {
        var comes = _proxy.WaitForAsync(text => text == "SELECT 5");
        _ = await Sql.ScalarAsync<int>(_connection, "SELECT 4");
        Assert.That(comes.IsCompleted, Is.False);
        _ = await Sql.ScalarAsync<int>(_connection, "SELECT 5");
        await comes;
    }

    [Test]
    public async Task Large_rows_and_cancel_requests_pass()
    {
        var text = await Sql.ScalarAsync<string>(_connection, "SELECT repeat('x', 1000000)");
        Assert.That(text, Has.Length.EqualTo(1_000_000));
        using var enough = new CancellationTokenSource();
        await using var command = new NpgsqlCommand("SELECT pg_sleep(600)", _connection);
        var sleep = command.ExecuteNonQueryAsync(enough.Token);
        await _proxy.WaitForAsync(statement => statement.Contains("pg_sleep", StringComparison.Ordinal));
        await Condition.HoldsAsync(
            "the server sleeps",
            () =>
                _database.ScalarAsync<bool>(
                    $"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {_connection.ProcessID} AND wait_event = 'PgSleep')"
                )
        );
        await enough.CancelAsync();
        Assert.That(
            async () => await sleep,
            Throws.InstanceOf<OperationCanceledException>().With.InnerException.TypeOf<PostgresException>()
        );
        Assert.That(await Sql.ScalarAsync<int>(_connection, "SELECT 1"), Is.EqualTo(1));
    }

    [Test]
    public async Task Parameters_of_each_size_pass()
    {
        await using var command = new NpgsqlCommand("SELECT length($1)", _connection);
        _ = command.Parameters.Add(new() { Value = new string('y', 300_000) });
        Assert.That(await command.ExecuteScalarAsync(), Is.EqualTo(300_000));
    }

    private Task<long> RowsAsync() => _database.ScalarAsync<long>("SELECT count(*) FROM t");

    private Task<bool> IsConnectedAsync(int backend) =>
        _server.ScalarAsync<bool>($"SELECT EXISTS (SELECT FROM pg_stat_activity WHERE pid = {backend})");

    private Task EndsAsync(int backend) =>
        Condition.HoldsAsync("the server has ended the connection", async () => !await IsConnectedAsync(backend));
}
