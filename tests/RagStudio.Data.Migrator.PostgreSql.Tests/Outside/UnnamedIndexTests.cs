using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace RagStudio.Data.Migrator.PostgreSql.Tests;

/// <summary>Indexes that are created after the commit, and whose name is left to PostgreSQL.</summary>
public sealed class UnnamedIndexTests
{
    private static readonly string[] Definitions =
    [
        "(total)",
        "(total)",
        "(lower(name), (total + 1) DESC) WHERE total > 0",
        "(name) INCLUDE (total)",
        "USING hash (name)",
        "((total + 1), (total + 2))",
        "(lower(\"Ünusual orders\".name), (\"Ünusual orders\".total + 2)) WHERE public.\"Ünusual orders\".total > 1",
        "(\"a column with a name of more than thirty characters\", total)",
    ];

    public static IEnumerable<string> Statements => Definitions.Select(one => $"ON public.\"Ünusual orders\" {one}");

    [TestCase(true)]
    [TestCase(false)]
    public async Task They_have_the_names_that_PostgreSQL_gives(bool mayCompare)
    {
        await using var shop = await CreateAsync();
        if (mayCompare)
        {
            await shop.Database.Server.ExecuteAsync($"ALTER ROLE {shop.Database.Owner.Name} CREATEDB");
        }
        await using var other = await CreateAsync();
        foreach (var statement in Statements)
        {
            await other.Database.ExecuteAsync($"CREATE INDEX {statement}");
        }

        await shop.Manager<UnnamedShop>().MigrateAsync();

        Assert.That(
            await IndexesAsync(shop),
            Is.EqualTo(await IndexesAsync(other)).And.Length.EqualTo(Definitions.Length)
        );
    }

    [Test]
    public async Task A_kill_before_the_statement_is_removed_from_its_run_makes_no_second_index()
    {
        await using var shop = await CreateAsync();
        await using var proxy = new CuttingProxy(shop.Database.Server);
        _ = proxy.On(
            text => text.StartsWith("UPDATE", StringComparison.Ordinal) && text.Contains("statements[2:]"),
            Fault.CutBeforeForwarding
        );
        var connectionString = proxy.Through(shop.Database.ConnectionString);
        var failed = Assert.CatchAsync<MigrationException>(() =>
            shop.Manager<UnnamedShop>(connectionString).MigrateAsync()
        );
        Assert.That(failed!.DataState, Is.EqualTo(DataState.NeedsAttention));
        Assert.That(failed.Message, Does.Contain("Everything is committed").And.Contain("CREATE INDEX CONCURRENTLY"));
        Assert.That(await IndexesAsync(shop), Has.Length.EqualTo(1));

        await shop.Manager<UnnamedShop>().MigrateAsync();

        Assert.That(await IndexesAsync(shop), Has.Length.EqualTo(Definitions.Length));
        Assert.That(await shop.CountAsync("pg_index WHERE NOT indisvalid"), Is.Zero);
    }

    private static async Task<ShopDatabase> CreateAsync()
    {
        var shop = await ShopDatabase.CreateAsync();
        await shop.Manager<UnusualShop>().MigrateAsync();
        return shop;
    }

    private static Task<string[]> IndexesAsync(ShopDatabase shop) =>
        shop.Database.ScalarAsync<string[]>(
            """
            SELECT array_agg(pg_get_indexdef(indexrelid) ORDER BY indexrelid::regclass::text) FROM pg_index
            WHERE indrelid = '"Ünusual orders"'::regclass
            """
        );
}

public sealed class UnusualShop(DbContextOptions<UnusualShop> options) : DbContext(options);

[DbContext(typeof(UnusualShop)), Migration(CreateUnusual.Version)]
public sealed class UnusualCreate : CreateUnusual;

public sealed class UnnamedShop(DbContextOptions<UnnamedShop> options) : DbContext(options);

[DbContext(typeof(UnnamedShop)), Migration(CreateUnusual.Version)]
public sealed class UnnamedCreate : CreateUnusual;

[DbContext(typeof(UnnamedShop)), Migration("20260102000000_IndexAll")]
public sealed class IndexAll : Migration
{
    protected override void Up(MigrationBuilder migrationBuilder)
    {
        foreach (var statement in UnnamedIndexTests.Statements)
        {
            migrationBuilder.Sql($"CREATE INDEX CONCURRENTLY {statement}", suppressTransaction: true);
        }
    }

    protected override void Down(MigrationBuilder migrationBuilder) => throw new NotSupportedException();
}

public abstract class CreateUnusual : Migration
{
    public const string Version = "20260101000000_CreateUnusual";

    protected override void Up(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql(
            """
            CREATE TABLE "Ünusual orders" (name text, total int, "a column with a name of more than thirty characters" int)
            """
        );

    protected override void Down(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Sql("DROP TABLE \"Ünusual orders\"");
}
