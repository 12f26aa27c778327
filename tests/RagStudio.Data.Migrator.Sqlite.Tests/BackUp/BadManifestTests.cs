using System.Text;

namespace RagStudio.Data.Migrator.Sqlite.Tests.BackUp;

/// <summary>
/// A set with an arbitrary manifest among good ones: it is reported, and does not prevent anything else.
/// </summary>
public sealed class BadManifestTests : ShopTest
{
    private const string Broken = "20990101T000000000Z_broken";

    private static readonly (string Name, byte[] Text)[] Hopeless =
    [
        .. new[]
        {
            "{\"databases\":[null]}",
            Good(databases: "[null]"),
            Good(databases: "null"),
            Good(databases: "[{\"name\":null,\"file\":\"shop.db\"}]"),
            Good(databases: "[{\"name\":\"a\",\"file\":\"shop\\u0000.db\"}]"),
            Good(databases: "[{\"name\":\"a\",\"file\":\"../shop.db\"}]"),
            Good(databases: "[{\"name\":\"a\",\"file\":\"..\"}]"),
            Good(databases: "[{\"name\":\"a\",\"file\":\"\"}]"),
            Good(databases: "[{\"name\":\"a\",\"file\":\"manifest.json\"}]"),
            Good(databases: "[{\"name\":\"a\"},{\"name\":\"a\"}]"),
            Good(databases: "[{\"name\":\"a\",\"file\":\"a\",\"bytes\":-1}]"),
            Good(databases: "[{\"name\":\"a\",\"file\":\"a\",\"bytes\":1e99}]"),
            Good(
                databases: "[{\"name\":\"a\",\"file\":\"a\",\"bytes\":9223372036854775807},{\"name\":\"b\",\"file\":\"b\",\"bytes\":1}]"
            ),
            Good(databases: "[{\"name\":\"a\",\"rows\":{\"t\":-1}}]"),
            Good(databases: "[{\"name\":\"a\",\"path\":\"\\u0000\"}]"),
            Good(databases: "[{\"name\":\"a\",\"path\":\"\"}]"),
            Good(databases: "[{\"name\":\"a\",\"name\":\"b\"}]"),
            Good(databases: "[]").Replace("\"manual\"", "77", StringComparison.Ordinal),
            Good(databases: "[]").Replace("\"runId\"", "\"noRunId\"", StringComparison.Ordinal),
            new string('[', 100_000),
        }.Select(text => (text[..Math.Min(text.Length, 120)], Encoding.UTF8.GetBytes(text))),
        ("no UTF-8", [.. "{\"id\":\""u8, 0xff, 0xfe, .. "\"}"u8]),
        ("NULs", new byte[4096]),
        ("nothing", []),
    ];

    [TestCaseSource(nameof(Hopeless))]
    public async Task A_set_whose_manifest_cannot_be_read_is_named_and_stops_nothing(
        (string Name, byte[] Text) manifest
    )
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var first = await Shop.Manager<FirstShopContext>().Backups.CreateAsync();
        await File.WriteAllBytesAsync(PutBroken(), manifest.Text);

        await AssertStopsNothingAsync(first!.Id);
    }

    [Test]
    public async Task A_manifest_that_is_a_folder_is_named_and_stops_nothing()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var first = await Shop.Manager<FirstShopContext>().Backups.CreateAsync();
        Directory.CreateDirectory(PutBroken());

        await AssertStopsNothingAsync(first!.Id);
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "links need a privilege there")]
    public async Task A_manifest_that_is_a_link_to_nothing_is_named_and_stops_nothing()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var first = await Shop.Manager<FirstShopContext>().Backups.CreateAsync();
        File.CreateSymbolicLink(PutBroken(), Path.Combine(Shop.Folder, "nowhere"));

        await AssertStopsNothingAsync(first!.Id);
    }

    [Test]
    public async Task No_field_of_a_manifest_can_make_a_question_fail_or_a_migration_stop()
    {
        await Shop.CreateFirstReleaseAsync(orders: 3);
        var manager = Shop.Manager<FirstShopContext>();
        var set = (await manager.Backups.CreateAsync())!.Id;
        var other = (await manager.Backups.CreateAsync())!.Id;
        var manifest = Path.Combine(Shop.Backups, set, "manifest.json");
        foreach (var (name, text) in JsonMutations.Of(await File.ReadAllTextAsync(manifest)))
        {
            await File.WriteAllTextAsync(manifest, text);

            var listed = (await manager.Backups.ListAsync()).Concat(await AllAsync()).Select(one => one.Id).ToArray();
            var unreadable = (await manager.Backups.ListUnreadableAsync()).Select(one => one.Id).ToArray();
            var verified = await manager.Backups.VerifyAsync();
            var pruned = await Shop.Manager<FirstShopContext>(o => o.BackupsToKeep = 5).Backups.PruneAsync();

            Assert.That(listed, Does.Contain(other), name);
            Assert.That(listed.Contains(set) ^ unreadable.Contains(set), $"{name}: a set is listed or named");
            Assert.That(verified.Single(one => one.Backup.Id == other).IsGood, name);
            Assert.That(pruned, Is.Empty, name);
        }
    }

    private async Task AssertStopsNothingAsync(string good)
    {
        var manager = Shop.Manager<ShopContext>(options => options.BackupsToKeep = 1);

        var listed = await manager.Backups.ListAsync();
        var unreadable = await manager.Backups.ListUnreadableAsync();
        var verified = await manager.Backups.VerifyAsync();
        var refused = Assert.ThrowsAsync<BackupFailedException>(() => manager.RestoreAsync(Broken));
        var summary = await manager.MigrateAsync();

        Assert.Multiple(() =>
        {
            Assert.That(listed.Select(set => set.Id), Is.EqualTo(new[] { good }));
            Assert.That(unreadable.Select(set => set.Id), Is.EqualTo(new[] { Broken }));
            Assert.That(unreadable[0].Fault, Does.StartWith("its manifest cannot be read: "));
            Assert.That(verified.Select(set => set.IsGood), Is.EqualTo(new[] { true }));
            Assert.That(refused!.Message, Does.Contain(Broken).And.Contain("its manifest cannot be read"));
            Assert.That(summary.BackupId, Is.Not.Null);
            Assert.That(Directory.Exists(Path.Combine(Shop.Backups, Broken)), "what cannot be read is not removed");
            Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(3));
        });
    }

    private async Task<IReadOnlyList<BackupSet>> AllAsync() =>
        await Shop.Manager<FirstShopContext>(options => options.RestoreSetsOfOtherDatabases = true).Backups.ListAsync();

    private string PutBroken() =>
        Path.Combine(Directory.CreateDirectory(Path.Combine(Shop.Backups, Broken)).FullName, "manifest.json");

    private static string Good(string databases) =>
        "{\"formatVersion\":1,\"id\":\"x\",\"createdAt\":\"2026-01-01T00:00:00+00:00\",\"reason\":\"manual\",\"runId\":\"r\",\"programVersion\":\"1\",\"databases\":"
        + databases
        + "}";
}
