using System.Diagnostics;
using Notes.Drill;
using Npgsql;
using NUnit.Framework;
using RagStudio.Data.PostgreSql.Testing;

// Two instances of an application behind one PostgreSQL with a replica: a rolling upgrade with a migration, and the loss
// of the primary in the middle of it. Exit code 0 if all held, 1 if something did not, 2 without PostgreSQL's programs.
try
{
    await RunAsync();
    return 0;
}
catch (IgnoreException missing)
{
    Console.Error.WriteLine(missing.Message);
    return 2;
}
catch (Exception failure) when (failure is DrillException or TimeoutException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
finally
{
    await ServersOfTheRun.EndAsync();
}

static async Task RunAsync()
{
    Say($"a primary, and a replica that each COMMIT waits for");
    await using var primary = await PostgresServer.StartAsync();
    await using var replica = await Replica.StartAsync(primary);
    await replica.MakeSynchronousAsync();
    await using var database = await primary.CreateDatabaseAsync();
    var address = AddressOf(database, primary, replica.Server);
    await using var a = new Instance("A", address);
    await using var b = new Instance("B", address);
    try
    {
        await UpgradeAsync(primary, replica, database, a, b);
    }
    catch (Exception failure) when (failure is DrillException or TimeoutException)
    {
        Console.Error.WriteLine($"-- A\n{a.Log}\n-- B\n{b.Log}");
        throw;
    }
}

static async Task UpgradeAsync(PostgresServer primary, Replica replica, TestDatabase database, Instance a, Instance b)
{
    Say($"A and B start release 1 at the same time on an empty database");
    a.Start(release: 1);
    b.Start(release: 1);
    await BecomesAsync("Healthy", a);
    await BecomesAsync("Healthy", b);
    Demand(a.Restarts + b.Restarts == 0, "an instance has failed at its first start");
    var writer = new Writer([a, b]);
    writer.Start();
    await WrittenAsync(writer, 100);

    Say($"A is stopped and starts release 2; a reader keeps its migration from the table");
    await a.StopAsync();
    await using var reader = await Sql.OpenAsync(database.SuperuserConnectionString);
    await Sql.ExecuteAsync(reader, """BEGIN; SELECT FROM "Notes" LIMIT 1""");
    a.Start(release: 2);
    await Condition.HoldsAsync("the migration waits for the table", () => WaitsAsync(database));
    await WrittenAsync(writer, 100);

    Say($"the primary is killed, and the replica takes over");
    var clock = Stopwatch.StartNew();
    await primary.KillAsync();
    await replica.PromoteAsync();
    await BecomesAsync("Healthy", a);
    await BecomesAsync("Degraded", b);
    Say($"both answer again after {clock.Elapsed.TotalSeconds:0.0} s; A was started again {a.Restarts} times");
    await WrittenAsync(writer, 100);

    Say($"B is stopped and starts release 2");
    await b.StopAsync();
    b.Start(release: 2);
    await BecomesAsync("Healthy", a);
    await BecomesAsync("Healthy", b);
    await WrittenAsync(writer, 100);
    var acknowledged = await writer.EndAsync();

    await VerifyAsync(new(replica.Server.ConnectionStringFor(database.Name)), acknowledged);
    Say(
        $"{acknowledged.Count} notes were acknowledged, all are there; the longest took {writer.Longest.TotalSeconds:0.0} s"
    );
}

static async Task VerifyAsync(NpgsqlConnectionStringBuilder server, IReadOnlyList<Guid> acknowledged)
{
    await using var connection = await Sql.OpenAsync(server.ConnectionString);
    await using var stored = new NpgsqlCommand("""SELECT count(*) FROM "Notes" WHERE "Id" = ANY ($1)""", connection)
    {
        Parameters = { new() { Value = acknowledged.ToArray() } },
    };
    var count = (long)(await stored.ExecuteScalarAsync())!;
    Demand(count == acknowledged.Count, $"only {count} of {acknowledged.Count} acknowledged notes are there");
    var applied = await Sql.ScalarAsync<string>(
        connection,
        """SELECT string_agg(split_part("MigrationId", '_', 2), ', ' ORDER BY "MigrationId") FROM "__EFMigrationsHistory" """
    );
    Demand(applied == "CreateNotes, TagNotes", $"the history holds {applied}");
    var valid = await Sql.ScalarAsync<bool>(
        connection,
        """SELECT bool_and(indisvalid) AND count(*) = 2 FROM pg_index WHERE indrelid = '"Notes"'::regclass"""
    );
    Demand(valid, "an index is missing or invalid");
}

static string AddressOf(TestDatabase database, PostgresServer primary, PostgresServer replica)
{
    var address = new NpgsqlConnectionStringBuilder(database.ConnectionString)
    {
        Host = $"127.0.0.1:{primary.Port},127.0.0.1:{replica.Port}",
        TargetSessionAttributes = "primary",
    };
    _ = address.Remove("Port");
    return address.ConnectionString;
}

static Task<bool> WaitsAsync(TestDatabase database) =>
    Sql.ScalarAsync<bool>(
        database.SuperuserConnectionString,
        """
        SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted AND mode = 'AccessExclusiveLock' AND relation = '"Notes"'::regclass)
        """
    );

static Task BecomesAsync(string health, Instance instance) =>
    Condition.HoldsAsync($"{instance.Name} is {health}", async () => await instance.HealthAsync() == health);

static Task WrittenAsync(Writer writer, int more)
{
    var until = writer.Count + more;
    return Condition.HoldsAsync($"{more} more notes are acknowledged", () => writer.Count >= until);
}

static void Demand(bool holds, string otherwise)
{
    if (!holds)
    {
        throw new DrillException(otherwise);
    }
}

static void Say(FormattableString step) => Console.WriteLine(FormattableString.Invariant(step));

internal sealed class DrillException(string message) : Exception(message);
