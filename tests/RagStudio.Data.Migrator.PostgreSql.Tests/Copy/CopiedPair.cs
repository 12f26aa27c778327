using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RagStudio.Data.PostgreSql.CrashHost;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A set of two files with rows, and an empty database of a server.</summary>
internal sealed class CopiedPair : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private CopiedPair(TestDatabase database) => Database = database;

    public TestDatabase Database { get; }

    public string Files => _folder.Path;

    public string Server => Database.ConnectionString;

    public static async Task<CopiedPair> CreateAsync(int lines = 40)
    {
        var pair = new CopiedPair(await (await ServersOfTheRun.SharedAsync()).CreateDatabaseAsync());
        await CopyHost.Manager(pair.Files).MigrateAsync();
        await using var things = Things(pair.Files);
        await FillAsync(things);
        await using var log = Log(pair.Files);
        log.AddRange(Lines(lines));
        await log.SaveChangesAsync();
        return pair;
    }

    /// <summary>A new folder, to copy into.</summary>
    public string NewFolder() => Directory.CreateDirectory(Path.Combine(Files, Guid.NewGuid().ToString("n"))).FullName;

    public static ThingContext Things(string place) =>
        new(
            Directory.Exists(place)
                ? new DbContextOptionsBuilder<ThingContext>()
                    .UseSqlite($"Data Source={Path.Combine(place, "things.db")};Pooling=false")
                    .Options
                : new DbContextOptionsBuilder<ThingContext>().UseNpgsql(place).Options
        );

    public static LogContext Log(string place) =>
        new(
            Directory.Exists(place)
                ? new DbContextOptionsBuilder<LogContext>()
                    .UseSqlite($"Data Source={Path.Combine(place, "log.db")};Pooling=false")
                    .Options
                : new DbContextOptionsBuilder<LogContext>().UseNpgsql(place).Options
        );

    /// <summary>Runs SQL in the file of the things, as a program that does not know the migrator.</summary>
    public void Execute(string sql, string? folder = null)
    {
        using var connection = new SqliteConnection(
            $"Data Source={Path.Combine(folder ?? Files, "things.db")};Pooling=false;Foreign Keys=False"
        );
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public async ValueTask DisposeAsync()
    {
        await Database.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task FillAsync(ThingContext context)
    {
        for (var id = 1; id <= 20; id++)
        {
            context.Add(
                new Thing
                {
                    Id = id,
                    Name = $"Thing {id} ✓ 😀",
                    Document =
                        id % 3 == 0 ? null : $$"""{ "b": 1.50, "a": [ {{id}}, "\u00e4", null ], "b": {{id}}e1 }""",
                    Active = id % 2 == 0,
                    Kind = (ThingKind)(id % 2),
                    Amount = id * 1.25m,
                    Ratio = id / 3.0,
                    At = new DateTimeOffset(2026, 1, id, 1, 2, 3, TimeSpan.FromHours(2)).AddTicks(1234567),
                    Taken = id % 2 == 0 ? null : DateTimeOffset.UnixEpoch.AddSeconds(id),
                    Token = Guid.CreateVersion7(),
                    Payload = id % 4 == 0 ? null : [0, 1, (byte)id],
                    Note = id % 5 == 0 ? "ten chars!" : null,
                    Day = new DateOnly(2026, 2, id),
                    Span = TimeSpan.FromTicks(id * 10_000_000L),
                    Big = long.MaxValue - id,
                    // To one that comes later.
                    ParentId = id < 20 ? id + 1 : null,
                    OwnerId = id % 2 == 0 ? "first" : null,
                }
            );
        }
        // SQLite checks at the commit what it is told to.
        await context.Database.OpenConnectionAsync();
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Database.ExecuteSqlRawAsync("PRAGMA defer_foreign_keys = ON");
        context.Add(new Owner { Id = "second" });
        await context.Database.ExecuteSqlRawAsync("INSERT INTO owners (\"Id\", \"FavoriteId\") VALUES ('first', 7)");
        await context.SaveChangesAsync();
        // Numbers that were given stay given.
        await context.Database.ExecuteSqlRawAsync("UPDATE sqlite_sequence SET seq = 99 WHERE name = 'things'");
        await transaction.CommitAsync();
    }

    private static IEnumerable<LogLine> Lines(int count) =>
        Enumerable
            .Range(1, count)
            .Select(id => new LogLine
            {
                Id = id,
                Time = $"2026-01-01T00:00:00.{id:0000000}Z",
                Data = $$"""{"b" : {{id}},  "a":"\u0000", "c": 1.0}""",
            });
}
