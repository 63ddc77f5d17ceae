"""Which test finds which bug of the harness."""

from __future__ import annotations

from typing import NamedTuple


class Watch(NamedTuple):
    """In ``file`` the test ``by`` finds a bug, and the test ``beside`` it passes in spite of it."""

    file: str
    by: str
    beside: str


ORDER = "tests/network/test_order.py"
WEATHER = "tests/cluster/test_weather.py"
WORLD = "tests/search/test_world.py"
DEATH = "tests/cluster/test_death.py"
RESTART = "tests/cluster/test_restart.py"
DISK = "tests/cluster/test_disk.py"
TIME = "tests/cluster/test_time.py"
LUCK = "tests/cluster/test_luck.py"
TIMERS = "tests/cluster/test_timers.py"
DIGEST = "tests/trace/test_digest.py"

WATCHES = {
    "no_message_overtakes_another": Watch(
        ORDER,
        "test_without_fifo_a_message_may_overtake_the_one_before_it",
        "test_messages_from_two_sources_may_overtake",
    ),
    "late_messages_never_overtake_each_other": Watch(
        WEATHER,
        "test_late_messages_overtake_each_other_where_messages_do",
        "test_late_messages_keep_their_order_where_messages_do",
    ),
    "in_a_storm_no_message_overtakes_another": Watch(
        WORLD,
        "test_where_no_order_is_kept_every_message_can_arrive",
        "test_where_order_is_kept_only_the_first_of_a_channel_can_arrive",
    ),
    "in_a_storm_only_the_oldest_message_can_arrive": Watch(
        WORLD,
        "test_where_no_order_is_kept_every_message_can_arrive",
        "test_messages_in_order_decide",
    ),
    "a_death_leaves_the_state": Watch(
        RESTART,
        "test_nothing_is_left_of_the_state_of_the_last_life",
        "test_a_restarted_process_gets_what_was_durable",
    ),
    "a_death_makes_the_state_durable": Watch(
        RESTART,
        "test_it_gets_none_where_nothing_was_durable",
        "test_a_restarted_process_lives",
    ),
    "a_death_leaves_the_mailbox": Watch(
        DEATH,
        "test_what_waited_in_the_mailbox_dies_too",
        "test_messages_to_the_dead_are_lost",
    ),
    "a_death_leaves_timers_set": Watch(
        RESTART,
        "test_timers_of_the_last_life_do_not_go_off_in_the_next",
        "test_a_timer_of_the_last_life_does_not_go_off_in_the_place_of_a_new_one",
    ),
    "a_restart_forgets_what_was_durable": Watch(
        RESTART,
        "test_a_restarted_process_gets_what_was_durable",
        "test_it_gets_none_where_nothing_was_durable",
    ),
    "a_write_that_has_begun_is_always_kept": Watch(
        DISK,
        "test_a_death_in_the_middle_of_a_write_leaves_it_there_or_not",
        "test_what_stands_behind_a_write_waits_for_it",
    ),
    "a_write_is_durable_when_it_begins": Watch(
        DISK,
        "test_what_stands_behind_a_write_waits_for_it",
        "test_who_is_wiped_knows_nothing",
    ),
    "a_write_behind_a_death_happens": Watch(
        RESTART,
        "test_what_was_to_be_persisted_behind_the_death_is_not_durable",
        "test_it_gets_the_last_record_alone",
    ),
    "a_disk_that_lies_keeps_what_it_was_told": Watch(
        DISK,
        "test_a_disk_that_lies_brings_back_what_it_had_before",
        "test_a_disk_that_is_honest_again_has_written_everything",
    ),
    "a_wiped_disk_keeps_everything": Watch(
        DISK,
        "test_who_is_wiped_knows_nothing",
        "test_a_disk_that_lies_brings_back_what_it_had_before",
    ),
    "agreement_holds_always": Watch(
        "tests/checks/test_decisions.py",
        "test_different_decisions_disagree",
        "test_equal_decisions_agree",
    ),
    "promises_are_always_kept": Watch(
        "tests/checks/test_ballots.py",
        "test_vote_below_the_promise_breaks_it",
        "test_vote_in_the_promised_ballot_or_above_keeps_the_promise",
    ),
    "the_dead_are_always_silent": Watch(
        "tests/checks/test_silence.py",
        "test_second_of_two_dead_that_acts_is_found",
        "test_process_may_act_until_it_dies_and_others_afterwards",
    ),
    "a_link_shares_its_chance_with_its_way_back": Watch(
        TIME,
        "test_one_more_message_on_a_link_moves_no_other_links_luck",
        "test_delays_are_drawn_between_both_ends",
    ),
    "the_links_that_a_fault_hits_share_their_chance": Watch(
        WEATHER,
        "test_a_link_that_is_hit_too_moves_the_luck_of_no_other_link",
        "test_a_lossy_link_loses_about_its_share",
    ),
    "two_faults_of_a_link_share_their_chance": Watch(
        WEATHER,
        "test_a_second_fault_gives_back_nothing_that_the_first_has_lost",
        "test_a_lossy_link_loses_about_its_share",
    ),
    "all_machines_draw_the_same_numbers": Watch(
        LUCK,
        "test_two_machines_draw_different_numbers[timers]",
        "test_what_one_machine_draws_moves_no_other_machines_luck[timers]",
    ),
    "all_machines_share_the_chance_of_their_timers": Watch(
        TIMERS,
        "test_one_machines_timers_move_no_other_machines_draws",
        "test_the_draw_for_a_timer_depends_on_the_seed",
    ),
    "all_machines_share_the_chance_of_their_lines": Watch(
        LUCK,
        "test_what_one_machine_draws_moves_no_other_machines_luck[lines]",
        "test_what_one_machine_draws_moves_no_other_machines_luck[sends]",
    ),
    "a_copy_of_a_message_is_dropped": Watch(
        WEATHER,
        "test_a_copy_arrives_later_once_and_moves_nothing_else",
        "test_nothing_is_repeated_within_a_process_or_once_it_is_over",
    ),
    "in_a_storm_no_copy_stays_on_its_way": Watch(
        WORLD,
        "test_a_message_that_is_kept_is_still_on_its_way",
        "test_a_message_arrives_once",
    ),
    "in_a_storm_nothing_is_sent_again": Watch(
        WORLD,
        "test_a_message_that_has_arrived_and_is_sent_again_arrives_again",
        "test_a_message_that_is_kept_arrives_again",
    ),
    "a_digest_ignores_the_order_of_records": Watch(
        DIGEST,
        "test_two_records_the_other_way_round_change_the_digest",
        "test_a_digest_sees_every_field_of_a_record[4]",
    ),
    "a_digest_ignores_causes": Watch(
        DIGEST,
        "test_a_digest_sees_every_field_of_a_record[4]",
        "test_a_digest_sees_every_field_of_a_record[5]",
    ),
}
"""By the name of the bug. No hypothesis among them: whoever watches does so every time."""
