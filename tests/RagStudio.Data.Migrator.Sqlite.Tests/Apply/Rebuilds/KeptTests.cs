using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Apply.Rebuilds;

/// <summary>Tests what EF's rebuild of a table loses, and what is preserved.</summary>
[TestFixture(false)]
[TestFixture(true)]
public sealed class KeptTests(bool isCompiled) : ShopTest(isCompiled)
{
    private const string ByHand = "CREATE INDEX by_hand ON Invoices (Note, lower(Note)) WHERE Note IS NOT NULL";

    [Test]
    public async Task Indexes_triggers_and_the_counter_outlive_a_rebuild()
    {
        await FillAsync<KeptContext>();

        var plan = await Shop.Manager<KeptContext>().PlanAsync();
        var summary = await Shop.Manager<KeptContext>().MigrateAsync();

        Assert.That(
            plan.Databases.Single()
                .Migrations.Single()
                .Findings.Where(f => f.Kind is PlanFindingKind.LostIndex or PlanFindingKind.LostTrigger)
                .Select(f => f.Detail),
            Is.EquivalentTo(
                new[] { "trigger 'Noted'", "index 'UX_Invoices_Number'", "index 'by_hand'" }.Select(what =>
                    $"rebuilds 'Invoices', and its {what}, which EF's copy does not have, is created again"
                )
            )
        );
        Assert.That(Objects(), Is.EqualTo(new[] { "IX_Invoices_Note", "Noted", "UX_Invoices_Number", "by_hand" }));
        Shop.Execute("INSERT INTO Invoices (Number, Note) VALUES ('d', 'n')");
        Assert.That(Shop.Scalar<long>("SELECT max(Id) FROM Invoices"), Is.EqualTo(4));
        Assert.That(Shop.Column("SELECT What FROM Log"), Has.Some.EqualTo("new d"));
        Assert.That(
            () => Shop.Execute("INSERT INTO Invoices (Number) VALUES ('D')"),
            Throws.InstanceOf<SqliteException>().With.Message.Contains("UX_Invoices_Number")
        );
        Assert.That(summary.Success);
        await AssertSoundAsync<KeptContext>();
    }

    [Test]
    public async Task What_does_not_fit_any_more_is_named_and_the_run_goes_on()
    {
        await FillAsync<UnfitContext>();
        Allow(out var allow);

        var plan = await Shop.Manager<UnfitContext>().PlanAsync();
        var summary = await Shop.Manager<UnfitContext>(allow).MigrateAsync();

        Assert.That(
            plan.Databases.Single().Migrations.Single().Findings.Select(f => f.Detail),
            Has.Some.Contains("'UX_Invoices_Number' mentions 'Number', which is dropped")
                .And.Some.Contains("trigger 'Noted' mentions 'Number', which is dropped")
        );
        var lost = summary.Reports.Single().Warnings.Where(w => w.Kind == ValidationWarningKind.LostObject);
        Assert.That(
            lost.Select(w => w.Detail),
            Is.EquivalentTo(
                new[] { "index 'UX_Invoices_Number'", "trigger 'Noted'" }.Select(what =>
                    $"'20240201000000_DropNumber' rebuilt 'Bills', and its {what} could not be created again: the column 'Number' no longer exists"
                )
            )
        );
        Assert.That(Objects("Bills"), Is.EqualTo(new[] { "IX_Invoices_Note", "by_hand" }));
        Assert.That(Shop.Scalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'Bills'"), Is.EqualTo(3));
        await AssertSoundAsync<UnfitContext>();
    }

    [Test]
    public async Task A_unique_index_that_the_new_values_break_is_named_and_the_run_goes_on()
    {
        await FillAsync<KeptContext>();
        Shop.Execute("UPDATE Invoices SET Number = NULL");

        var summary = await Shop.Manager<KeptContext>().MigrateAsync();

        Assert.That(
            summary.Reports.Single().Warnings.Single(w => w.Kind == ValidationWarningKind.LostObject).Detail,
            Does.Contain("index 'UX_Invoices_Number'").And.Contain("UNIQUE constraint failed")
        );
        Assert.That(Shop.Scalar<long>("SELECT count(*) FROM Invoices"), Is.EqualTo(2));
        await AssertSoundAsync<KeptContext>();
    }

    [Test]
    public async Task What_a_later_migration_creates_again_is_left_to_it()
    {
        await Shop.Manager<CarefulContext>().MigrateAsync();

        Assert.That(Objects(), Has.Some.EqualTo("UX_Invoices_Number"));
        Assert.That(
            Shop.Scalar<string>("SELECT sql FROM sqlite_master WHERE name = 'UX_Invoices_Number'"),
            Does.Contain("lower(Number)")
        );
        await AssertSoundAsync<CarefulContext>();
    }

    [Test]
    public async Task A_new_database_and_one_that_lost_its_index_to_EF_are_both_as_they_should_be()
    {
        await Shop.Manager<KeptContext>().MigrateAsync();
        await AssertSoundAsync<KeptContext>();

        Shop.Execute("DROP INDEX UX_Invoices_Number; DROP TRIGGER Noted");

        await AssertSoundAsync<KeptContext>();
    }

    [Test]
    public async Task A_trigger_that_no_migration_knows_is_kept_and_stays_a_difference()
    {
        await FillAsync<KeptContext>();
        Shop.Execute(
            "CREATE TRIGGER stamp AFTER DELETE ON Invoices BEGIN INSERT INTO Log VALUES (CASE WHEN old.Id > 0 THEN old.Note END); END"
        );

        var summary = await Shop.Manager<KeptContext>().MigrateAsync();

        Assert.That(Objects(), Has.Some.EqualTo("stamp"));
        Assert.That(
            summary.Reports.Single().Warnings.Single(w => w.Kind == ValidationWarningKind.ExistingDamage).Detail,
            Does.Contain("'stamp'")
        );
    }

    [Test]
    public async Task Old_damage_of_references_blocks_no_rebuild()
    {
        await FillAsync<UnfitContext>();
        Shop.Execute(
            """
            PRAGMA foreign_keys = OFF;
            CREATE TABLE Messages (Id TEXT NOT NULL);
            CREATE TABLE Relays (Id INTEGER PRIMARY KEY, MessageId TEXT REFERENCES Messages (Id));
            INSERT INTO Relays VALUES (1, 'no key');
            CREATE TABLE Lines (Id INTEGER PRIMARY KEY, InvoiceId INTEGER REFERENCES Invoices (Id));
            INSERT INTO Lines VALUES (1, 99);
            """
        );
        Allow(out var allow);

        var summary = await Shop.Manager<UnfitContext>(allow).MigrateAsync();

        Assert.That(summary.Success);
        Assert.That(Shop.Column("SELECT parent FROM pragma_foreign_key_check('Lines')"), Is.EqualTo(new[] { "Bills" }));
        Assert.That(
            summary.Reports.Single().Warnings.Select(w => w.Kind),
            Has.Some.EqualTo(ValidationWarningKind.ExistingDamage)
        );
    }

    [Test]
    public async Task A_rebuild_on_the_way_back_keeps_them_too()
    {
        await Shop.Manager<KeptContext>().MigrateAsync();
        Shop.Execute("INSERT INTO Invoices (Number) VALUES ('a'), ('b'); DELETE FROM Invoices WHERE Id = 2");

        await Shop.Manager<KeptContext>().RollbackToVersionAsync(CreateInvoices.Version);

        Assert.That(Objects(), Is.SupersetOf(new[] { "Noted", "UX_Invoices_Number" }));
        Assert.That(Shop.Scalar<long>("SELECT seq FROM sqlite_sequence WHERE name = 'Invoices'"), Is.EqualTo(2));
    }

    private async Task AssertSoundAsync<TContext>()
        where TContext : DbContext
    {
        var found = await Shop.Validate<TContext>();
        Assert.That(found.Reports.SelectMany(report => report.Errors), Is.Empty);
        var status = await Shop.Manager<TContext>().GetStatusAsync();
        Assert.That(status.Databases.Single().Drift, Is.Empty);
    }

    private async Task FillAsync<TContext>()
        where TContext : DbContext
    {
        await Shop.Manager<TContext>().MigrateToVersionAsync(CreateInvoices.Version);
        Shop.Execute(
            "INSERT INTO Invoices (Number, Note) VALUES ('a', 'x'), ('b', NULL), ('c', 'z'); DELETE FROM Invoices WHERE Id = 3;"
        );
        Shop.Execute(ByHand);
    }

    private string[] Objects(string table = "Invoices") =>
        [
            .. Shop.Column(
                $"SELECT name FROM sqlite_master WHERE tbl_name = '{table}' AND type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY name"
            ),
        ];

    private static void Allow(out Action<MigrationOptions> allow) =>
        allow = options => (options.AllowDestructive, options.RehearseBeforeMigrate) = (true, RehearsalPolicy.Never);
}
