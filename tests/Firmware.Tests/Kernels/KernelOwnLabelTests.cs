namespace LabEdge.Tests.Kernels;

/// <summary>
/// Label 118, which the router gave out for itself (ultimate hop popping): popped, and the next label or the packet looked at.
/// The lowest TTL of all goes on, less one for the router and not for each label (RFC 3443 section 3.4). Both kernel forms run
/// every row.
/// </summary>
[TestClass]
public class KernelOwnLabelTests
{
    [TestMethod]
    [DataRow("own label then a pseudowire label", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00068109 00000000 FFFFFFFFFFFF0200000000AA080600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
        "3: FFFFFFFFFFFF0200000000AA080600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000")]
    [DataRow("own label then a pseudowire label that is not the bottom", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00068009 00005105 00000000 FFFFFFFFFFFF0200000000AA080600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
        "drop bottom of stack expected")]
    [DataRow("own label then a VRF label: the own TTL is the lower one", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 0007600A 000671FF 45000018123440004001495BC6336409AC10090911223344",
        "2: 020000000103 020000000003 0800 45000018123440000901805BC6336409AC10090911223344")]
    [DataRow("own label then a VRF label whose TTL is the lower one", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 000760FF 0006710A 45000018123440004001495BC6336409AC10090911223344",
        "2: 020000000103 020000000003 0800 45000018123440000901805BC6336409AC10090911223344")]
    [DataRow("own label then a VRF label that is not the bottom", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 000670FF 0004D103 45000018123440004001495BC6336409AC10090911223344",
        "drop bottom of stack expected")]
    [DataRow("own label then a swap label: the own TTL is the lower one", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076020 00064140 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C811F 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("own label then a swap label whose TTL is the lower one, TC and what follows stay", KernelUnderTest.OtherCore,
        "020000000002 020000000C0D 8847 00076040 00064A0A 0004D709 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C8A09 0004D709 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("own label then a pop label: the lowest of three TTLs", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00066A50 0004D7C8 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 0004D73F 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("own label then a label of a group, cut behind it", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00069040 000000",
        "drop truncated label stack")]
    [DataRow("own label at the bottom, IPv4 to us", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076140 450000181234400040013C73C6336409C000020111223344",
        "punt local at 18 in 0")]
    [DataRow("own label at the bottom, IPv4 to route", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 000761FF 45000018123440004001F2ABC63364090AC8010111223344",
        "0: 020000000101 020000000001 0800 45000018123440003F01F3ABC63364090AC8010111223344")]
    [DataRow("own label at the bottom, IPv4 to route, its TTL the lower one", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 0007610A 45000018123440004001F2ABC63364090AC8010111223344",
        "0: 020000000101 020000000001 0800 4500001812344000090129ACC63364090AC8010111223344")]
    [DataRow("own label at the bottom, TTL 2 leaves 1", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076102 45000018123440004001F2ABC63364090AC8010111223344",
        "0: 020000000101 020000000001 0800 4500001812344000010131ACC63364090AC8010111223344")]
    [DataRow("own label at the bottom, IP TTL 1 expires", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076140 4500001812344000010131ACC63364090AC8010111223344",
        "punt ttl expired at 18 in 0")]
    [DataRow("own label at the bottom, no route", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076140 45000018123440004001C26EC6336409CB00710511223344",
        "drop no route, punt no route at 18 in 0")]
    [DataRow("own label at the bottom, IPv6 under it", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076140 60000000000000000000000000000000000000000000000000000000000000000000000000000000",
        "drop IPv6 header invalid")]
    [DataRow("own label at the bottom, nothing under it", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076140",
        "drop payload not IP")]
    [DataRow("own label TTL 1 expires", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076001 000671FF 45000018123440004001495BC6336409AC10090911223344",
        "punt ttl expired in label at 14 in 0")]
    [DataRow("own label TTL 1 at the bottom expires", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076101 450000181234400040013C73C6336409C000020111223344",
        "punt ttl expired in label at 14 in 0")]
    [DataRow("own label TTL 2, then a VRF label: one is taken once, 1 goes on", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076002 000671FF 45000018123440004001495BC6336409AC10090911223344",
        "2: 020000000103 020000000003 0800 45000018123440000101885BC6336409AC10090911223344")]
    [DataRow("own label then a VRF label with TTL 1: noted with the whole stack", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00067101 45000018123440004001495BC6336409AC10090911223344",
        "punt ttl expired in label at 14 in 1")]
    [DataRow("own label then a swap label with TTL 0", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00064100 45000018123440004001C226C6336409CB00714D11223344",
        "punt ttl expired in label at 14 in 0")]
    [DataRow("own label then a pseudowire label with TTL 1", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00068101 00000000 FFFFFFFFFFFF0200000000AA080600000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
        "drop TTL expired, not IP")]
    [DataRow("own label in a tag, then a VRF label with TTL 1", KernelUnderTest.Tagged,
        "020000000005 020000000C0D 8100 001E 8847 00076040 00067101 45000018123440004001495BC6336409AC10090911223344",
        "punt ttl expired in label at 18 in 1")]
    [DataRow("own label and nothing more", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040",
        "drop truncated label stack")]
    [DataRow("own label and three octets more", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 000641",
        "drop truncated label stack")]
    [DataRow("own label three times, then a swap label: one is taken in all", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00076040 00076040 00064140 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C813F 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("own label three times, the second with TTL 1", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00076001 00076040 00064140 45000018123440004001C226C6336409CB00714D11223344",
        "punt ttl expired in label at 14 in 0")]
    [DataRow("own label three times, the lowest TTL of all goes on", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00076003 00076040 00064140 45000018123440004001C226C6336409CB00714D11223344",
        "0: 020000000101 020000000001 8847 000C8102 45000018123440004001C226C6336409CB00714D11223344")]
    [DataRow("own label three times, the third at the bottom", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00076040 00076140 45000018123440004001F2ABC63364090AC8010111223344",
        "0: 020000000101 020000000001 0800 45000018123440003F01F3ABC63364090AC8010111223344")]
    [DataRow("own label then an unknown label", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00096140 45000018123440004001C226C6336409CB00714D11223344",
        "drop unknown label")]
    [DataRow("own label then a label outside the window", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 FFFFF140 45000018123440004001C226C6336409CB00714D11223344",
        "drop unknown label")]
    [DataRow("own label then a reserved label", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 00003140 45000018123440004001C226C6336409CB00714D11223344",
        "drop reserved label")]
    [DataRow("own label then a label of another scope", KernelUnderTest.Core,
        "020000000001 020000000C0D 8847 00076040 0006A140 45000018123440004001C226C6336409CB00714D11223344",
        "drop label scope")]
    public void Own_label_ends_as_the_row_says(string what, int port, string received, string outcome)
    {
        KernelRow.Check(what, port, received, outcome);
    }
}
