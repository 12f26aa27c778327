namespace RagStudio.Data.Migrator.Sqlite.Tests.Lock;

/// <summary>
/// The migrator's files are read only if they are regular and of a sane size, and never written through a
/// link.
/// </summary>
public sealed class HostileFileTests : ShopTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [SetUp]
    public Task CreateFirstReleaseAsync() => Shop.CreateFirstReleaseAsync(orders: 20);

    [Test]
    public void MigrateAsync_refuses_what_is_no_lock_file_and_leaves_it(
        [Values(
            HostileFile.Pipe,
            HostileFile.Link,
            HostileFile.DanglingLink,
            HostileFile.LinkToDevice,
            HostileFile.Folder
        )]
            HostileFile kind
    )
    {
        var target = kind.Put(Shop.PathOf("shop") + ".lock");

        var failure = Fails<DatabaseAccessException>();

        Assert.That(failure.Message, Does.Contain(Shop.PathOf("shop") + ".lock"));
        AssertUntouched(kind, target);
    }

    [Test]
    public async Task MigrateAsync_replaces_what_is_no_lock_holder_file(
        [Values(
            HostileFile.Pipe,
            HostileFile.Link,
            HostileFile.DanglingLink,
            HostileFile.LinkToDevice,
            HostileFile.Huge
        )]
            HostileFile kind
    )
    {
        var holder = Shop.PathOf("shop") + ".lock-holder";
        var target = kind.Put(holder);

        var summary = await InTimeAsync(() => Manager().MigrateAsync());

        Assert.That(summary.Success);
        Assert.That(Path.Exists(holder), Is.False);
        AssertUntouched(kind, target);
    }

    [Test]
    public void MigrateAsync_names_no_holder_when_the_lock_holder_file_is_none([Values] HostileFile kind)
    {
        using var held = new FileStream(
            Shop.PathOf("shop") + ".lock",
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.None
        );
        kind.Put(Shop.PathOf("shop") + ".lock-holder");

        var failure = Fails<DatabaseLockedException>(options => options.LockTimeout = TimeSpan.FromSeconds(1));

        Assert.That(failure.Holder, Is.Null);
    }

    [Test]
    public async Task MigrateAsync_takes_what_is_no_journal_for_a_damaged_one([Values] HostileFile kind)
    {
        var target = kind.Put(Shop.Journal);

        var failure = Fails<RecoveryFailedException>();
        var status = await InTimeAsync(() => Manager().GetStatusAsync());

        Assert.That(failure.JournalPath, Is.EqualTo(Shop.Journal));
        Assert.That(failure.Message, Does.Contain("the run journal is damaged"));
        Assert.That(status.Verdict, Is.EqualTo(MigrationVerdict.Interrupted));
        AssertUntouched(kind, target);
    }

    [Test]
    public async Task ListAsync_passes_over_a_set_whose_manifest_is_none([Values] HostileFile kind)
    {
        var good = await Manager().Backups.CreateAsync();
        var bad = await Manager().Backups.CreateAsync();
        kind.Put(Path.Combine(Shop.Backups, bad!.Id, "manifest.json"));

        var listed = await InTimeAsync(() => Manager().Backups.ListAsync());

        Assert.That(listed.Select(set => set.Id), Is.EqualTo(new[] { good!.Id }));
    }

    [Test]
    public async Task VerifyAsync_finds_what_is_no_copy([Values] HostileFile kind)
    {
        var backup = await Manager().Backups.CreateAsync();
        kind.Put(Path.Combine(Shop.Backups, backup!.Id, "shop.db"));

        var verified = await InTimeAsync(() => Manager().Backups.VerifyAsync());

        // The target of the link is also in the set, where it does not belong.
        Assert.That(verified.Single().Faults, Has.Exactly(1).StartsWith("shop.db: "));
    }

    [Test]
    public async Task VerifyAsync_finds_a_link_in_the_place_of_a_copy_even_if_it_leads_to_one()
    {
        var backup = await Manager().Backups.CreateAsync();
        var copy = Path.Combine(Shop.Backups, backup!.Id, "shop.db");
        File.Move(copy, Path.Combine(Shop.Folder, "elsewhere.db"));
        File.CreateSymbolicLink(copy, Path.Combine(Shop.Folder, "elsewhere.db"));

        var verified = await InTimeAsync(() => Manager().Backups.VerifyAsync());

        Assert.That(verified.Single().Faults.Single(), Does.Contain("it is not a regular file"));
    }

    [Test]
    public async Task MigrateAsync_leaves_an_unfinished_set_whose_marker_is_none([Values] HostileFile kind)
    {
        var partial = Directory.CreateDirectory(Path.Combine(Shop.Backups, "20260101T000000000Z_000000000000.partial"));
        kind.Put(Path.Combine(partial.FullName, ".ragstudio-backup"));

        var summary = await InTimeAsync(() => Manager().MigrateAsync());

        Assert.That(summary.Success);
        Assert.That(partial.Exists);
    }

    [Test]
    public async Task MigrateAsync_leaves_a_rehearsal_whose_marker_is_none([Values] HostileFile kind)
    {
        var left = Directory.CreateDirectory(Path.Combine(Shop.Folder, ".rehearsal-000000000000"));
        kind.Put(Path.Combine(left.FullName, "alive"));

        var summary = await InTimeAsync(() => Manager().MigrateAsync());

        Assert.That(summary.Success);
        Assert.That(left.Exists);
    }

    private TFailure Fails<TFailure>(Action<MigrationOptions>? configure = null)
        where TFailure : Exception
    {
        var failure = Assert.CatchAsync(() => InTimeAsync(() => Manager(configure).MigrateAsync()));
        Assert.That(failure, Is.InstanceOf<TFailure>());
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(20));
        return (TFailure)failure!;
    }

    private void AssertUntouched(HostileFile kind, string target)
    {
        if (kind == HostileFile.Link)
        {
            Assert.That(File.ReadAllText(target), Is.EqualTo(HostileFiles.Secret));
        }
        else
        {
            Assert.That(File.Exists(target), Is.False);
        }
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM orders"), Is.EqualTo(20));
    }

    private IMigrationManager Manager(Action<MigrationOptions>? configure = null) =>
        Shop.Manager(
            configure,
            migrator => migrator.AddSqliteDatabase<ShopContext>("shop", $"Data Source={Shop.PathOf("shop")}")
        );

    /// <summary>A hanging thread is abandoned, because nothing ends it.</summary>
    private static Task<T> InTimeAsync<T>(Func<Task<T>> act) => Task.Run(act).WaitAsync(Patience);
}
