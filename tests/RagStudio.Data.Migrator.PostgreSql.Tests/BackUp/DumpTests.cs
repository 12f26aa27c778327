using System.Diagnostics;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;

namespace RagStudio.Data.Migrator.PostgreSql.Tests.BackUp;

[UnsupportedOSPlatform("windows")]
public sealed class DumpTests
{
    [Test]
    public async Task CreateAsync_makes_a_dump_that_was_restored_to_check_it()
    {
        await using var shop = await DumpedShop.CreateAsync();

        var set = (await shop.Manager().Backups.CreateAsync())!;

        var copy = set.Databases.Single();
        var file = Path.Combine(shop.Folder, set.Id, copy.File!);
        Assert.That(set.Verified);
        Assert.That(copy.Warning, Is.Null);
        Assert.That(copy.Rows, Is.EqualTo(new Dictionary<string, long> { ["orders"] = 10 }));
        Assert.That(copy.MigrationId, Is.EqualTo(CreateOrders.Version));
        Assert.That(copy.Sha256, Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)))));
        Assert.That(File.GetUnixFileMode(file), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.That(await shop.OthersAsync(), Is.Empty, "the scratch database is dropped");
        Assert.That((await shop.Manager().Backups.VerifyAsync()).Single().Faults, Is.Empty);
    }

    [Test]
    public async Task A_dump_holds_exactly_the_rows_that_were_counted_while_others_write()
    {
        await using var shop = await DumpedShop.CreateAsync();
        await using var clients = await Clients.StartAsync(
            shop.Database.ConnectionString,
            3,
            "INSERT INTO orders (name) VALUES ('more'); DELETE FROM orders WHERE id % 7 = 0"
        );
        await clients.RunAsync(50);

        var set = (await shop.Manager().Backups.CreateAsync())!;

        Assert.That((await clients.EndAsync()).Failures, Is.Empty);
        Assert.That(set.Verified, "the restored rows are those of the snapshot");
        Assert.That(set.Databases.Single().Rows!["orders"], Is.Not.EqualTo(await shop.Shop.CountAsync("orders")));
    }

    [Test]
    public async Task A_role_that_may_not_create_databases_gets_a_dump_that_is_not_called_verified()
    {
        await using var shop = await DumpedShop.CreateAsync();
        await shop.AsSuperuserAsync($"ALTER ROLE {shop.Database.Owner.Name} NOCREATEDB");

        var set = (await shop.Manager().Backups.CreateAsync())!;

        var copy = set.Databases.Single();
        Assert.That(set.Verified, Is.False);
        Assert.That(copy.Check, Is.EqualTo(BackupDatabase.NotRestored));
        Assert.That(copy.Warning, Does.Contain("CREATEDB"));
        Assert.That(copy.Rows!["orders"], Is.EqualTo(10));
        Assert.That((await shop.Manager().Backups.VerifyAsync()).Single().Faults, Is.Empty);
        // With the privilege it is checked after all.
        await shop.AsSuperuserAsync($"ALTER ROLE {shop.Database.Owner.Name} CREATEDB");
        Assert.That((await shop.Manager().Backups.VerifyAsync()).Single().Faults, Is.Empty);
    }

    [Test]
    public async Task VerifyAsync_restores_the_dump_and_counts_its_rows()
    {
        await using var shop = await DumpedShop.CreateAsync();
        var set = (await shop.Manager().Backups.CreateAsync())!;
        var manifest = Path.Combine(shop.Folder, set.Id, "manifest.json");
        await File.WriteAllTextAsync(
            manifest,
            (await File.ReadAllTextAsync(manifest)).Replace(
                "\"orders\": 10",
                "\"orders\": 11",
                StringComparison.Ordinal
            )
        );

        var verified = (await shop.Manager().Backups.VerifyAsync()).Single();

        Assert.That(verified.Faults.Single(), Does.Contain("does not have the rows that the manifest counts"));
    }

    [Test]
    public async Task VerifyAsync_finds_a_dump_that_is_cut_off_even_if_the_manifest_agrees()
    {
        await using var shop = await DumpedShop.CreateAsync();
        await shop.Database.ExecuteAsync(
            "INSERT INTO orders (name) SELECT md5(n::text) FROM generate_series(1, 5000) n"
        );
        var set = (await shop.Manager().Backups.CreateAsync())!;
        var (copy, manifest) = (set.Databases.Single(), Path.Combine(shop.Folder, set.Id, "manifest.json"));
        var file = Path.Combine(shop.Folder, set.Id, copy.File!);
        var half = (await File.ReadAllBytesAsync(file))[..(int)(copy.Bytes * 2 / 3)];
        await File.WriteAllBytesAsync(file, half);
        var text = (await File.ReadAllTextAsync(manifest))
            .Replace(copy.Sha256!, Convert.ToHexStringLower(SHA256.HashData(half)), StringComparison.Ordinal)
            .Replace($"\"bytes\": {copy.Bytes}", $"\"bytes\": {half.Length}", StringComparison.Ordinal);
        await File.WriteAllTextAsync(manifest, text);

        var verified = (await shop.Manager().Backups.VerifyAsync()).Single();

        Assert.That(verified.Faults.Single(), Does.Contain("pg_restore: error:"));
    }

    [Test]
    public async Task Neither_arguments_nor_errors_hold_the_password()
    {
        await using var shop = await DumpedShop.CreateAsync();
        using var seen = new TemporaryFolder();
        using var tools = new FakeTools(
            "99.1",
            $"echo \"$@\" > {seen.Combine("arguments")}; env > {seen.Combine("variables")}; echo 'pg_dump: error: the disk is on fire' >&2; echo 'pg_dump: detail: Query was: secret' >&2; exit 3"
        );

        var failed = Assert.ThrowsAsync<BackupFailedException>(() =>
            shop.Manager(database: options => options.ToolsDirectory = tools.Path).Backups.CreateAsync()
        );

        var password = shop.Database.Owner.Password;
        Assert.That(failed!.Message, Does.Contain("the disk is on fire").And.Not.Contain("secret"));
        Assert.That(failed.ToString(), Does.Not.Contain(password));
        Assert.That(await File.ReadAllTextAsync(seen.Combine("arguments")), Does.Not.Contain(password));
        Assert.That(await File.ReadAllLinesAsync(seen.Combine("variables")), Does.Contain($"PGPASSWORD={password}"));
        Assert.That(Directory.GetDirectories(shop.Folder), Is.Empty, "nothing is left of the set");
    }

    [Test]
    public async Task Programs_that_are_older_than_the_server_are_refused_before_anything()
    {
        await using var shop = await DumpedShop.CreateAsync();
        using var tools = new FakeTools("9.6.24", "exit 1");

        var failed = Assert.ThrowsAsync<BackupFailedException>(() =>
            shop.Manager(database: options => options.ToolsDirectory = tools.Path).Backups.CreateAsync()
        );

        Assert.That(failed!.Message, Does.Contain("is of version 9").And.Contain("ToolsDirectory"));
        Assert.That(Directory.GetDirectories(shop.Folder), Is.Empty);
    }

    [Test]
    public async Task Missing_programs_are_told_with_what_to_do()
    {
        await using var shop = await DumpedShop.CreateAsync();
        using var empty = new TemporaryFolder();

        var failed = Assert.ThrowsAsync<BackupFailedException>(() =>
            shop.Manager(database: options => options.ToolsDirectory = empty.Path).Backups.CreateAsync()
        );

        Assert.That(failed!.Message, Does.Contain("does not have pg_dump").And.Contain("ToolsDirectory"));
    }

    [Test]
    public async Task The_time_limit_ends_pg_dump()
    {
        await using var shop = await DumpedShop.CreateAsync();
        using var seen = new TemporaryFolder();
        using var tools = new FakeTools("99.1", $"echo $$ > {seen.Combine("process")}; exec sleep 600");

        var failed = Assert.ThrowsAsync<BackupFailedException>(() =>
            shop.Manager(
                    database: options => options.ToolsDirectory = tools.Path,
                    options: options => options.BackupTimeout = TimeSpan.FromSeconds(2)
                )
                .Backups.CreateAsync()
        );

        Assert.That(failed!.Message, Does.Contain("Timed out after 2 s"));
        var process = int.Parse(
            await File.ReadAllTextAsync(seen.Combine("process"), Encoding.UTF8),
            System.Globalization.CultureInfo.InvariantCulture
        );
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(process));
        Assert.That(await shop.Shop.CountAsync("pg_stat_activity WHERE state LIKE 'idle in%'"), Is.Zero);
    }

    [Test]
    public async Task A_table_that_the_role_may_not_read_fails_the_backup_in_pg_dump_s_words()
    {
        await using var shop = await DumpedShop.CreateAsync();
        await Sql.ExecuteAsync(shop.Database.SuperuserConnectionString, "CREATE TABLE hidden (id int)");

        var failed = Assert.ThrowsAsync<BackupFailedException>(() => shop.Manager().Backups.CreateAsync());

        Assert.That(failed!.Message, Does.Contain("permission denied for table hidden"));
    }
}
