using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Operations;

namespace RagStudio.Data.Migrator.Sqlite.Tests.Loss;

/// <summary>
/// Rows deleted with others because they refer to them: the plan names them, and consent covers what it
/// named.
/// </summary>
public sealed class CascadeTests : ByHandTest
{
    private const string Tables = """
        CREATE TABLE Roles (Id INTEGER PRIMARY KEY, Name TEXT NOT NULL, Parent INTEGER REFERENCES Roles(Id) ON DELETE CASCADE);
        CREATE TABLE Users (Id INTEGER PRIMARY KEY, RoleId INTEGER NOT NULL REFERENCES Roles ON DELETE CASCADE, Name TEXT);
        CREATE TABLE Notes (Id INTEGER PRIMARY KEY, UserId INTEGER REFERENCES Users(Id) ON DELETE SET NULL);
        CREATE TABLE Keys (A INT, B INT, UserId INTEGER REFERENCES Users(Id) ON DELETE CASCADE, PRIMARY KEY (A, B)) WITHOUT ROWID;
        CREATE TABLE Uses (KeyA INT, KeyB INT, FOREIGN KEY (KeyA, KeyB) REFERENCES Keys(A, B) ON DELETE CASCADE);
        INSERT INTO Roles VALUES (1, 'admin', NULL), (2, 'guest', NULL), (3, 'visitor', 2), (4, 'walk-in', 3);
        """;

    private const string Rows = """
        INSERT INTO Users VALUES (1, 1, 'ann'), (2, 2, 'bob'), (3, 4, 'cy');
        INSERT INTO Notes VALUES (1, 1), (2, 2), (3, 3), (4, 3);
        INSERT INTO Keys VALUES (1, 1, 1), (1, 2, 2);
        INSERT INTO Uses VALUES (1, 1), (1, 2);
        """;

    [SetUp]
    public Task CreateRowsAsync() => CreateAsync(Tables, Rows);

    [Test]
    public async Task A_seed_row_that_is_removed_with_rows_of_users_on_it_is_refused_and_all_of_them_are_named()
    {
        var refusal = await AssertRefusedAsync(RemoveGuest);

        Assert.That(
            refusal.Message,
            Does.Contain("deletes from 'Roles', and with that 2 rows of 'Roles'")
                .And.Contain("deletes from 'Roles', and with that 2 rows of 'Users'")
                .And.Contain("deletes from 'Roles', and with that 1 row of 'Keys'")
                .And.Contain("deletes from 'Roles', and with that 1 row of 'Uses'")
                .And.Not.Contain("Notes")
        );
        var plan = await Manager().PlanAsync();
        Assert.That(
            plan.Databases.Single()
                .Migrations.SelectMany(m => m.Findings)
                .Select(f => (f.Kind, f.Table, f.Rows, f.IsDestructive)),
            Has.Member((PlanFindingKind.ClearedReferences, "Notes", 3L, false))
        );
    }

    [Test]
    public async Task All_that_was_named_may_go_with_consent_to_that_migration_and_the_history_says_why()
    {
        await ChangeAsync(RemoveGuest, options => options.DestructiveConsents["Change"] = "nobody logs in as guest");

        Assert.That(
            (Count("Roles"), Count("Users"), Count("Notes"), Count("Keys"), Count("Uses")),
            Is.EqualTo((1, 1, 4, 1, 1))
        );
        var record = (await Manager().GetHistoryAsync()).Single(r => r.Version == ByHandChange.Version);
        Assert.That(
            record.Detail,
            Does.StartWith("Allowed to lose data: nobody logs in as guest. It ").And.Contain("2 rows of 'Users'")
        );
    }

    [Test]
    public async Task Consent_to_a_migration_is_none_for_rows_that_the_plan_did_not_name()
    {
        const string Hidden = """
            CREATE TABLE signal (x);
            CREATE TRIGGER s AFTER INSERT ON signal BEGIN DELETE FROM Uses; END;
            INSERT INTO signal VALUES (1);
            DROP TABLE signal;
            DELETE FROM Keys WHERE A = 1 AND B = 2;
            """;
        var message = await AssertRehearsalFailsAsync(
            b => b.Sql(Hidden),
            options => options.DestructiveConsents[ByHandChange.Version] = "old keys"
        );

        Assert.That(
            message,
            Does.Contain("'Uses' has lost 2 row(s), and 1 were declared").And.Not.Contain("'Keys' has lost")
        );
    }

    [Test]
    public async Task Consent_to_a_migration_is_none_for_another_one()
    {
        ByHandContext.Follow = b => b.Sql("DELETE FROM Notes WHERE Id > 3");

        var refusal = await AssertRefusedAsync(
            RemoveGuest,
            options => options.DestructiveConsents["20240201000000"] = "nobody logs in as guest"
        );

        Assert.That(refusal.Versions, Is.EqualTo(new[] { ByHandFollow.Version }));
        Assert.That(refusal.Message, Does.Contain("1 row of 'Notes'").And.Not.Contain("Users"));
    }

    [TestCase("Nowhere")]
    [TestCase("0")]
    [TestCase("Nowhere/Users")]
    public async Task Consent_to_a_migration_that_the_program_does_not_have_is_refused(string version)
    {
        ByHandContext.Change = RemoveGuest;
        var manager = Manager(options => options.DestructiveConsents[version] = "x");

        Assert.ThrowsAsync<InvalidVersionException>(() => manager.PlanAsync());
        Assert.ThrowsAsync<InvalidVersionException>(() => manager.MigrateAsync());
        Assert.That(Count("Users"), Is.EqualTo(3));
        await Task.CompletedTask;
    }

    [Test]
    public async Task Seed_rows_of_both_tables_that_go_together_need_no_consent()
    {
        await ChangeAsync(b =>
        {
            b.DeleteData(
                "Uses",
                ["KeyA", "KeyB"],
                ["INT", "INT"],
                new object[,]
                {
                    { 1, 2 },
                }
            );
            b.DeleteData(
                "Keys",
                ["A", "B"],
                ["INT", "INT"],
                new object[,]
                {
                    { 1, 2 },
                }
            );
        });

        Assert.That((Count("Keys"), Count("Uses")), Is.EqualTo((1, 1)));
    }

    [Test]
    public async Task Rows_that_are_moved_away_before_are_no_loss()
    {
        await ChangeAsync(b =>
        {
            b.Sql("UPDATE Users SET RoleId = 1; UPDATE Roles SET Parent = NULL");
            RemoveGuest(b);
        });

        Assert.That((Count("Roles"), Count("Users")), Is.EqualTo((3, 3)));
    }

    [Test]
    public async Task Duplicates_that_are_removed_before_a_unique_index_are_counted_and_named()
    {
        var refusal = await AssertRefusedAsync(b =>
        {
            b.Sql("DELETE FROM Notes WHERE Id NOT IN (SELECT min(Id) FROM Notes GROUP BY UserId)");
            b.CreateIndex("ux", "Notes", "UserId", unique: true);
        });

        Assert.That(refusal.Message, Does.Contain("deletes 1 row of 'Notes'"));
    }

    [TestCase("DELETE FROM Notes AS n WHERE n.Id > 3")]
    [TestCase("WITH x AS (SELECT 3) DELETE FROM Notes WHERE Id > (SELECT * FROM x)")]
    [TestCase("UPDATE Notes SET Id = Id + 10; DELETE FROM Notes WHERE Id > 13")]
    [TestCase(
        "REPLACE INTO Notes (Id, UserId) SELECT 1, Id FROM Users WHERE Id = 1; DELETE FROM Notes WHERE rowid IN (4)"
    )]
    public async Task A_loss_that_cannot_be_counted_beforehand_is_found_by_the_rehearsal(string sql)
    {
        var message = await AssertRehearsalFailsAsync(b => b.Sql(sql));

        Assert.That(message, Does.Contain("'Notes' has lost 1 row(s)").And.Contain(ByHandChange.Version));
    }

    [TestCase("DELETE FROM Notes AS n WHERE n.Id > 99")]
    [TestCase("UPDATE Notes SET UserId = 1; DELETE FROM Notes WHERE UserId = 3")]
    public async Task A_condition_that_cannot_be_asked_beforehand_is_no_loss_where_it_takes_no_row(string sql)
    {
        await ChangeAsync(b => b.Sql(sql));

        Assert.That(Count("Notes"), Is.EqualTo(4));
    }

    [Test]
    public async Task Rows_that_are_refilled_after_all_were_deleted_do_not_make_up_for_what_cascaded()
    {
        var refusal = await AssertRefusedAsync(b =>
        {
            b.Sql("DELETE FROM Roles");
            b.Sql("INSERT INTO Roles VALUES (1, 'owner', NULL), (2, 'guest', NULL), (3, 'x', NULL), (4, 'y', NULL)");
        });

        Assert.That(refusal.Message, Does.Contain("all 4 rows of 'Roles'").And.Contain("3 rows of 'Users'"));
    }

    [Test]
    public async Task A_loss_in_a_file_of_two_databases_is_the_one_migrations_that_did_it()
    {
        ByHandContext.Change = b => b.Sql("UPDATE Users SET Name = 'x'");
        NeighbourContext.Change = b => b.Sql("WITH x AS (SELECT 1) DELETE FROM Notes WHERE Id IN x");
        var before = Shop.Dump();

        var failure = Assert.ThrowsAsync<RehearsalFailedException>(() => OneFile(_ => { }).MigrateAsync())!;
        Assert.That(failure.Message, Does.Contain("'Notes' has lost 1 row(s)").And.Contain(NeighbourChange.Version));
        Assert.That(Shop.Dump(), Is.EqualTo(before));

        await OneFile(options => options.DestructiveConsents[$"{NeighbourChange.Version}/notes"] = "x").MigrateAsync();
        Assert.That(Count("Notes"), Is.EqualTo(3));
    }

    private IMigrationManager OneFile(Action<MigrationOptions> configure) =>
        Shop.Manager(
            configure,
            m =>
                m.AddSqliteDatabase<ByHandContext>("shop", $"Data Source={Shop.PathOf("shop")}")
                    .AddSqliteDatabase<NeighbourContext>("neighbour", $"Data Source={Shop.PathOf("shop")}")
        );

    [Test]
    public async Task Rows_that_a_dropped_table_takes_along_fail_where_nobody_named_them()
    {
        var message = await AssertRehearsalFailsAsync(
            b => b.Sql("DROP TABLE Users"),
            options => options.DestructiveConsents["Change/Users"] = "x"
        );

        Assert.That(message, Does.Contain("'Keys' has lost 2 row(s)"));
    }

    private static void RemoveGuest(MigrationBuilder migrationBuilder) =>
        migrationBuilder.Operations.Add(
            new DeleteDataOperation
            {
                Table = "Roles",
                KeyColumns = ["Id"],
                KeyColumnTypes = ["INTEGER"],
                KeyValues = new object[,]
                {
                    { 2 },
                },
            }
        );
}
