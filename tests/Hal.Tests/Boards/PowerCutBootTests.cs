using System.Text;
using LabEdge.Boards;
using LabEdge.Control;
using LabEdge.Tests.Store;

namespace LabEdge.Tests.Boards;

/// <summary>The power goes at every write of a save and of a boot; what the router then boots with.</summary>
[TestClass]
public sealed class PowerCutBootTests
{
    private const string Old = "hostname old\ninterface Ethernet1\n ip address 10.0.0.1 255.255.255.0\n no shutdown\n!\n";
    private const string Deployed = "hostname deployed\n!\n";

    public TestContext TestContext { get; set; }

    [TestMethod]
    public void The_router_boots_with_the_old_or_the_new_configuration_after_a_cut_at_every_write_of_a_save()
    {
        PowerCutFiles before = TestBoard.WithConfiguration(Old).Platform.Flash;
        PowerCutFiles trial = new(before);
        Assert.IsTrue(Save(trial, long.MaxValue));
        long operations = trial.Operations;
        int old = 0;
        int cuts = 0;
        for (long cut = 0; cut <= operations; cut++)
        {
            PowerCutFiles torn = new(before) { Tear = (Tear)(cut % 6) };
            bool reported = Save(torn, cut);
            string name = BootedAs(new PowerCutFiles(torn));
            Assert.IsTrue(name is "old#" or "new#", $"cut {cut} of {operations}, {torn.Tear}: booted as {name}");
            if (reported) Assert.AreEqual("new#", name);
            if (name == "old#") old++;
            cuts++;
        }

        TestContext.WriteLine($"{cuts} cuts of write memory, one before each of its operations on the flash: {old} boots with the old configuration, {cuts - old} with the new one, 0 with neither");
        Assert.IsGreaterThan(100, old);
        Assert.IsGreaterThan(0, cuts - old);
    }

    [TestMethod]
    public void A_cut_at_every_write_of_a_boot_loses_nothing_even_while_a_deployed_configuration_is_taken_in()
    {
        TestBoard board = TestBoard.WithConfiguration(Old);
        PowerCutFiles before = new(board.Platform.Flash);
        before.Contents[Supervisor.DeployedFile] = Encoding.Latin1.GetBytes(Deployed);
        PowerCutFiles trial = new(before);
        Assert.AreEqual("deployed#", BootedAs(trial));
        Assert.IsGreaterThan(100L, trial.Operations);
        uint highest = Blob(trial, ControlModule.LabelOffsetBlob);
        for (long cut = 0; cut <= trial.Operations; cut++)
        {
            PowerCutFiles torn = new(before) { Tear = (Tear)(cut % 6), CutAt = cut };
            try
            {
                BootedAs(torn);
            }
            catch (PowerCutException)
            {
                // The board is dark.
            }

            PowerCutFiles after = new(torn);
            Assert.AreEqual("deployed#", BootedAs(after), $"cut {cut} of {trial.Operations}");
            Assert.IsGreaterThanOrEqualTo(2u, Blob(after, BootRecord.CountBlob), "the boot counter never goes back");
            Assert.IsGreaterThanOrEqualTo(highest, Blob(after, ControlModule.LabelOffsetBlob), "the label cursor never goes back");
        }

        TestContext.WriteLine($"{trial.Operations + 1} cuts of a boot that takes a deployed configuration in: all boot with it afterwards");
    }

    private static uint Blob(PowerCutFiles files, string name)
    {
        byte[] octets = new byte[4];
        int count = new Hal.Store.FileStore(files).Read(name, octets);
        return count == 4 ? System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(octets) : 0;
    }

    // The prompt after a boot; the exception of a cut gets through.
    private static string BootedAs(PowerCutFiles files)
    {
        TestBoard board = new(new TestPlatform { Flash = files });
        board.Run(60);
        if (files.IsCut) throw new PowerCutException();
        return board.Printed().Split('\n')[^1];
    }

    // Boots from the files, gives the router another name, and saves; the power goes before the operation of this number of the save.
    // True when the board said OK.
    private static bool Save(PowerCutFiles files, long cut)
    {
        TestBoard board = new(new TestPlatform { Flash = files });
        board.Run(60);
        board.Enter("configure terminal", 10);
        board.Enter("hostname new", 10);
        board.Enter("end", 10);
        files.Operations = 0;
        files.CutAt = cut;
        try
        {
            return board.Enter("write memory", 100).Contains("[OK]", StringComparison.Ordinal);
        }
        catch (PowerCutException)
        {
            return false;
        }
    }
}
