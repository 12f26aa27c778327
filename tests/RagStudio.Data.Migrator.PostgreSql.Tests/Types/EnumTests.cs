using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>A context whose enum is mapped by the driver.</summary>
public sealed class EnumTests
{
    private ShopDatabase _shop = null!;

    [SetUp]
    public async Task Create_a_database_whose_role_may_replay()
    {
        _shop = await ShopDatabase.CreateAsync();
        await _shop.Database.Server.ExecuteAsync($"ALTER ROLE {_shop.Database.Owner.Name} CREATEDB");
    }

    [TearDown]
    public Task Drop_it() => _shop.DisposeAsync().AsTask();

    [Test]
    public async Task Code_writes_its_values_in_a_run_and_in_a_replay()
    {
        var summary = await Services().GetRequiredService<IMigrationManager>().MigrateAsync();

        Assert.That(
            summary.Reports.SelectMany(report => report.Warnings),
            Is.Empty,
            "the schema was compared with a replay"
        );
        Assert.That(await _shop.CountAsync("moods WHERE mood = 'very_glad'"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_rule_reads_its_labels_in_a_run_and_beside_it()
    {
        var rule = new SqlRule("moods", [new RuleTable("moods", ["mood"])], "SELECT mood, mood FROM moods");
        var failed = Assert.CatchAsync<ValidationFailedException>(() =>
            Services(rule).GetRequiredService<IMigrationManager>().MigrateAsync()
        );
        await Services().GetRequiredService<IMigrationManager>().MigrateAsync();

        var beside = await Services(rule).GetRequiredService<DataValidator>().ValidateAsync();

        Assert.That(DetailsOf(failed!.Reports), Has.One.Contains("very_glad"));
        Assert.That(DetailsOf(beside.Reports), Is.EqualTo(DetailsOf(failed.Reports)));
    }

    private static string[] DetailsOf(IEnumerable<ValidationReport> reports) =>
        [.. reports.SelectMany(report => report.Errors).Select(error => $"{error}")];

    private IServiceProvider Services(ValidationRule? rule = null) =>
        _shop.Services(migrator =>
        {
            migrator
                .AddPostgreSqlDatabase<EnumShop>(
                    "shop",
                    _shop.Database.ConnectionString,
                    options =>
                        options.ConfigureContext = builder =>
                            builder.UseNpgsql(npgsql => npgsql.MapEnum<Temper>("mood"))
                )
                .AddCode("shop", "20260102000000_UseMoods", CodeMoment.After, _ => new WriteTemper());
            if (rule is not null)
            {
                migrator.AddRule(rule);
            }
        });

    private sealed class WriteTemper : IMigrationCode
    {
        public string Name => "moods";

        public async Task RunAsync(MigrationCodeContext context, CancellationToken cancellationToken)
        {
            await using var command = (NpgsqlCommand)context.Connection.CreateCommand();
            command.CommandText = "INSERT INTO moods VALUES ($1)";
            command.Parameters.Add(new NpgsqlParameter { Value = Temper.VeryGlad });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}

public enum Temper
{
    Sad,
    VeryGlad,
}

public sealed class EnumShop(DbContextOptions<EnumShop> options) : DbContext(options);

[DbContext(typeof(EnumShop)), Migration("20260101000000_CreateMoods")]
public sealed class CreateTempers : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        migrationBuilder.AlterDatabase().Annotation("Npgsql:Enum:mood", "sad,very_glad");
        migrationBuilder.CreateTable("moods", table => new { mood = table.Column<Temper>("mood") });
    }

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.DropTable("moods");
}

[DbContext(typeof(EnumShop)), Migration("20260102000000_UseMoods")]
public sealed class UseMoods : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("SELECT 1");

    protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("DELETE FROM moods");
}
