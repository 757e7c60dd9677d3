// The contestant of "ports": a label swap between two network interfaces, both with mapped rings (TPACKET_V3), in the same loop
// as the router's: frames of one block are checked, swapped and counted, then sent as a batch. Usage:
//   packet_forward IN OUT NEXTHOP ring|batch FIRSTLABEL LABELS FIRSTOUT
// NEXTHOP is a station address. "ring": sending by a mapped ring too, past the queueing discipline; "batch": by sendmmsg.
// Prints "ready", ends at SIGTERM with its counters.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { BLOCK = 32 * 1024, BLOCKS = 256, SLOT = 2048, SLOTS = 512, BATCH = 64, FRAME = 1536, MOST_SECONDS = 900, MOST_LABELS = 4096 };

struct port
{
    int fd;
    uint8_t address[6];
    uint8_t *receive_ring, *send_ring;
    int block, slot, pending;
    struct mmsghdr messages[BATCH];
    struct iovec vectors[BATCH];
    uint8_t octets[BATCH][FRAME];
    uint64_t received, sent, refused, dropped;
};

static volatile sig_atomic_t stopped;
static int by_ring;
static uint32_t out_label[MOST_LABELS];
static uint64_t label_frames[MOST_LABELS], label_octets[MOST_LABELS];

static void stop(int signal) { (void)signal; stopped = 1; }

static void fail(const char *what) { perror(what); exit(1); }

static void open_port(struct port *p, const char *name)
{
    int one = 1, version = TPACKET_V3, buffer = 4 << 20;
    p->fd = socket(AF_PACKET, SOCK_RAW | SOCK_NONBLOCK, 0);
    if (p->fd < 0) fail("socket");
    if (setsockopt(p->fd, SOL_PACKET, PACKET_VERSION, &version, sizeof version)) fail("PACKET_VERSION");
    if (setsockopt(p->fd, SOL_PACKET, PACKET_IGNORE_OUTGOING, &one, sizeof one)) fail("PACKET_IGNORE_OUTGOING");
    if (by_ring && setsockopt(p->fd, SOL_PACKET, PACKET_QDISC_BYPASS, &one, sizeof one)) fail("PACKET_QDISC_BYPASS");
    setsockopt(p->fd, SOL_SOCKET, SO_SNDBUFFORCE, &buffer, sizeof buffer);
    struct tpacket_req3 ring = { .tp_block_size = BLOCK, .tp_block_nr = BLOCKS, .tp_frame_size = SLOT, .tp_frame_nr = BLOCK / SLOT * BLOCKS, .tp_retire_blk_tov = 1 };
    if (setsockopt(p->fd, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring)) fail("PACKET_RX_RING");
    size_t length = (size_t)BLOCK * BLOCKS;
    if (by_ring)
    {
        struct tpacket_req3 send = { .tp_block_size = BLOCK, .tp_block_nr = SLOTS * SLOT / BLOCK, .tp_frame_size = SLOT, .tp_frame_nr = SLOTS };
        if (setsockopt(p->fd, SOL_PACKET, PACKET_TX_RING, &send, sizeof send)) fail("PACKET_TX_RING");
        length += (size_t)SLOTS * SLOT;
    }
    p->receive_ring = mmap(NULL, length, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, p->fd, 0);
    if (p->receive_ring == MAP_FAILED) fail("mmap");
    p->send_ring = p->receive_ring + (size_t)BLOCK * BLOCKS;
    struct ifreq request = { 0 };
    strncpy(request.ifr_name, name, sizeof request.ifr_name - 1);
    if (ioctl(p->fd, SIOCGIFHWADDR, &request)) fail(name);
    memcpy(p->address, request.ifr_hwaddr.sa_data, 6);
    struct sockaddr_ll address = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_ALL), .sll_ifindex = (int)if_nametoindex(name) };
    if (bind(p->fd, (struct sockaddr *)&address, sizeof address)) fail("bind");
    for (int i = 0; i < BATCH; i++)
    {
        p->vectors[i].iov_base = p->octets[i];
        p->messages[i].msg_hdr.msg_iov = &p->vectors[i];
        p->messages[i].msg_hdr.msg_iovlen = 1;
    }
}

static void flush(struct port *p)
{
    if (p->pending == 0) return;
    if (by_ring)
    {
        send(p->fd, NULL, 0, MSG_DONTWAIT);
        p->sent += (uint64_t)p->pending;
    }
    else
    {
        int done = 0;
        while (done < p->pending)
        {
            int taken = sendmmsg(p->fd, p->messages + done, (unsigned)(p->pending - done), MSG_DONTWAIT);
            if (taken <= 0) break;
            done += taken;
        }
        p->sent += (uint64_t)done;
        p->refused += (uint64_t)(p->pending - done);
    }
    p->pending = 0;
}

static void send_frame(struct port *p, const uint8_t *frame, unsigned length)
{
    if (by_ring)
    {
        struct tpacket3_hdr *slot = (struct tpacket3_hdr *)(p->send_ring + (size_t)p->slot * SLOT);
        if (__atomic_load_n(&slot->tp_status, __ATOMIC_ACQUIRE) != TP_STATUS_AVAILABLE)
        {
            flush(p);
            if (__atomic_load_n(&slot->tp_status, __ATOMIC_ACQUIRE) != TP_STATUS_AVAILABLE) { p->refused++; return; }
        }
        slot->tp_len = slot->tp_snaplen = length;
        slot->tp_next_offset = 0;
        memcpy((uint8_t *)slot + TPACKET3_HDRLEN - sizeof(struct sockaddr_ll), frame, length);
        __atomic_store_n(&slot->tp_status, TP_STATUS_SEND_REQUEST, __ATOMIC_RELEASE);
        p->slot = (p->slot + 1) % SLOTS;
    }
    else
    {
        memcpy(p->octets[p->pending], frame, length);
        p->vectors[p->pending].iov_len = length;
    }
    if (++p->pending == BATCH) flush(p);
}

static int forward_block(struct port *in, struct port *out, const uint8_t *next_hop, unsigned first, unsigned labels)
{
    struct tpacket_block_desc *block = (struct tpacket_block_desc *)(in->receive_ring + (size_t)in->block * BLOCK);
    if (!(__atomic_load_n(&block->hdr.bh1.block_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER)) return 0;
    int count = (int)block->hdr.bh1.num_pkts;
    struct tpacket3_hdr *header = (struct tpacket3_hdr *)((uint8_t *)block + block->hdr.bh1.offset_to_first_pkt);
    in->received += (uint64_t)count;
    for (int i = 0; i < count; i++, header = (struct tpacket3_hdr *)((uint8_t *)header + header->tp_next_offset))
    {
        uint8_t *frame = (uint8_t *)header + header->tp_mac;
        unsigned length = header->tp_snaplen;
        if (length < 18 || length > FRAME || length != header->tp_len || memcmp(frame, in->address, 6) || frame[12] != 0x88 || frame[13] != 0x47) { in->dropped++; continue; }
        uint32_t entry;
        memcpy(&entry, frame + 14, 4);
        entry = ntohl(entry);
        unsigned row = (entry >> 12) - first;
        if (row >= labels || (entry & 0xFF) <= 1) { in->dropped++; continue; }
        label_frames[row]++;
        label_octets[row] += length;
        entry = htonl((out_label[row] << 12) | ((entry & 0xFFF) - 1));
        memcpy(frame, next_hop, 6);
        memcpy(frame + 6, out->address, 6);
        memcpy(frame + 14, &entry, 4);
        send_frame(out, frame, length);
    }
    flush(out);
    __atomic_store_n(&block->hdr.bh1.block_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    in->block = (in->block + 1) % BLOCKS;
    return count;
}

int main(int count, char **arguments)
{
    uint8_t next_hop[6];
    if (count != 8 || sscanf(arguments[3], "%hhx:%hhx:%hhx:%hhx:%hhx:%hhx", next_hop, next_hop + 1, next_hop + 2, next_hop + 3, next_hop + 4, next_hop + 5) != 6) return 2;
    by_ring = !strcmp(arguments[4], "ring");
    unsigned first = (unsigned)atoi(arguments[5]), labels = (unsigned)atoi(arguments[6]), out = (unsigned)atoi(arguments[7]);
    if (labels > MOST_LABELS) return 2;
    for (unsigned i = 0; i < labels; i++) out_label[i] = out + i;
    struct port *a = calloc(1, sizeof *a), *b = calloc(1, sizeof *b);
    if (!a || !b) return 1;
    signal(SIGTERM, stop);
    alarm(MOST_SECONDS);
    open_port(a, arguments[1]);
    open_port(b, arguments[2]);
    puts("ready");
    fflush(stdout);
    struct pollfd polled[2] = { { a->fd, POLLIN, 0 }, { b->fd, POLLIN, 0 } };
    while (!stopped)
    {
        if (forward_block(a, b, next_hop, first, labels) + forward_block(b, a, next_hop, first, labels) == 0) poll(polled, 2, 1000);
    }
    printf("received %lu, sent %lu, refused %lu, dropped %lu\n", a->received, b->sent, b->refused, a->dropped);
    return 0;
}
